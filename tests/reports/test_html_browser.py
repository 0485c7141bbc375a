"""The HTML report in a browser: filters, search, keyboard, paper, contrast, no scripts, hostile text."""

from dataclasses import replace

import pytest
from benchmarks.html_report import multiplied
from conftest import SAMPLES
from reports.browser import MISSING, browser
from reports.make_report import report as made
from reports.test_html import HOSTILE

from auditor import Auditor, read
from auditor.finding import Member
from auditor.reports.html import HtmlOptions, render
from auditor.reports.html.inert import inert

WORDS = """
const goal = document.querySelector(".b .p dd:nth-of-type(2)").cloneNode(true);
for (const number of goal.querySelectorAll("sup")) number.remove();
return goal.textContent;
"""
OPEN = """
for (const fold of [...document.querySelectorAll("details")].slice(0, 60)) {
  fold.open = true;
  fold.style.contentVisibility = "visible";
}
"""
CONTRAST = """
const channel = (value) => (value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const ground = (el) => {
  for (; el; el = el.parentElement) {
    const colour = parse(getComputedStyle(el).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) return colour;
  }
  return [255, 255, 255];
};
const weak = new Set();
for (const el of document.querySelectorAll("body *:not(svg *)")) {
  if (![...el.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) || !el.offsetParent) continue;
  const [a, b] = [light(parse(getComputedStyle(el).color)), light(ground(el))];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (ratio < 4.5) weak.add(`${el.tagName}.${el.className} ${ratio.toFixed(2)}`);
}
return [...weak];
"""


@pytest.fixture(scope="module")
def driver():
    with browser() as found:
        if found is None:
            pytest.skip(MISSING)
        yield found


@pytest.fixture(scope="module")
def report():
    return Auditor().report([read(path) for path in sorted(SAMPLES.glob("*.txt"))])


@pytest.fixture
def page(driver, report, tmp_path):
    """Open a page of the samples; call it with a fragment such as #p3."""
    path = tmp_path / "report.html"
    path.write_text(render(report, HtmlOptions()), encoding="utf-8")

    def open_page(fragment=""):
        driver.get("about:blank")
        driver.get(path.as_uri() + fragment)
        return driver

    open_page()
    yield open_page
    assert [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE"] == []


def shown(driver):
    return driver.execute_script(
        "return [...document.querySelectorAll('.card')].filter(c => c.offsetParent).map(c => c.id)"
    )


def choose(driver, field, value):
    driver.execute_script(
        "const f = document.getElementById(arguments[0]); f.value = arguments[1];"
        "f.dispatchEvent(new Event(f.type === 'search' ? 'input' : 'change'))",
        field,
        value,
    )


def keys(driver, *pressed):
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(driver).send_keys(*pressed).perform()


def rows(report, wanted):
    """How many entries of the page hold a finding that is wanted."""
    return len({(finding.document, finding.row) for finding in report.findings if wanted(finding)})


def test_filters_leave_the_projects_that_match(page, report):
    driver = page()
    everything = len(shown(driver))
    choose(driver, "rule", "T503")
    assert len(shown(driver)) == rows(report, lambda finding: finding.rule == "T503")
    choose(driver, "severity", "e")
    assert shown(driver) == []
    assert driver.find_element("id", "none").is_displayed()
    choose(driver, "rule", "")
    assert len(shown(driver)) == rows(report, lambda finding: finding.severity == "error")
    choose(driver, "severity", "0")
    clean = shown(driver)
    assert 0 < len(clean) == everything - rows(report, lambda finding: True)
    choose(driver, "severity", "")
    choose(driver, "grade", "0")
    assert len(shown(driver)) == sum(review.grade == "优" for reviews in report.reviews for review in reviews)
    choose(driver, "grade", "")
    choose(driver, "document", "1")
    own = report.documents[1]
    whole = any(finding.document == own.name and finding.row is None for finding in report.findings)
    assert len(shown(driver)) == len(own.projects) + whole
    driver.find_element("css selector", "button[type=reset]").click()
    driver.implicitly_wait(1)
    assert len(shown(driver)) == everything


def test_a_long_list_answers_completely(driver, report, tmp_path):
    from selenium.webdriver.support.wait import WebDriverWait

    path = tmp_path / "report.html"
    path.write_text(render(multiplied(report, 400), HtmlOptions()), encoding="utf-8")
    driver.get(path.as_uri())
    everything = int(driver.find_element("id", "count").text.split()[0])
    assert everything >= 400
    for field, value in (
        ("severity", "w"),
        ("grade", "0"),
        ("severity", ""),
        ("search", "学校"),
        ("grade", ""),
        ("search", ""),
    ):
        choose(driver, field, value)
        told = int(driver.find_element("id", "count").text.split()[0])
        WebDriverWait(driver, 20).until(lambda opened, told=told: len(shown(opened)) == told)
    assert told == everything


def test_search_looks_into_closed_projects_whatever_the_width_and_case(page, report):
    driver = page()
    project = report.documents[0].projects[7]
    word = project.indicators[0].name.text
    expected = {
        entry.row
        for document in report.documents
        for entry in document.projects
        if any(word in indicator.name.text for indicator in entry.indicators)
    }
    choose(driver, "search", word)
    assert project.row in expected
    assert 1 <= len(shown(driver)) < 20
    found = shown(driver)
    choose(driver, "search", word + "　" + word[:2])
    assert shown(driver) == found
    choose(driver, "search", "不会出现的词")
    assert shown(driver) == []
    choose(driver, "search", "ｒ３０１")
    assert len(shown(driver)) == rows(report, lambda finding: finding.rule == "R301")


def test_details_are_built_when_a_project_is_opened(page):
    driver = page()
    card = driver.find_element("css selector", ".card")
    assert driver.execute_script("return document.querySelectorAll('.card > .b').length") == 0
    card.find_element("css selector", "summary").click()
    body = card.find_element("css selector", ".b")
    assert "审核表" in body.text
    assert driver.execute_script("return document.querySelectorAll('.card > .b').length") == 1


def test_everything_can_be_done_from_the_keyboard(page):
    from selenium.webdriver.common.keys import Keys

    driver = page()
    keys(driver, "/")
    assert driver.switch_to.active_element.get_attribute("id") == "search"
    keys(driver, "水")
    few = shown(driver)
    assert 0 < len(few) < 55
    keys(driver, Keys.ESCAPE)
    assert len(shown(driver)) > len(few)
    keys(driver, Keys.TAB)
    assert driver.switch_to.active_element.get_attribute("id") == "document"
    driver.execute_script("document.activeElement.blur()")
    keys(driver, "j", "j", "k", "j")
    cards = shown(driver)
    assert driver.execute_script("return document.activeElement.parentElement.id") == cards[1]
    keys(driver, Keys.ENTER)
    assert driver.find_element("id", cards[1]).get_attribute("open")


def test_links_open_the_project_even_where_a_filter_hides_it(page, report):
    driver = page()
    twin = next(group for group in report.reuse if group.relation == "copied")
    choose(driver, "search", "不会出现的词")
    driver.execute_script("document.querySelector('.net a').dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    opened = driver.execute_script("return [...document.querySelectorAll('.card[open]')].map(c => c.innerText)")
    assert len(opened) == 1
    assert f"第{twin.members[0].row}行" in opened[0]
    driver = page("#rule=C203")
    assert len(shown(driver)) == rows(report, lambda finding: finding.rule == "C203")


def test_sorting_keeps_every_project_and_puts_it_in_order(page, report):
    driver = page()
    worst = shown(driver)
    choose(driver, "sort", "place")
    assert sorted(shown(driver)) == sorted(worst)
    projects = [one for one in shown(driver) if one.startswith("p")]
    assert projects == [f"p{at}" for at in range(len(projects))]
    choose(driver, "sort", "amount")
    amounts = driver.execute_script("return [...document.querySelectorAll('.card[data-m]')].map(c => +c.dataset.m)")
    assert amounts == sorted(amounts, reverse=True)
    choose(driver, "sort", "worst")
    assert shown(driver) == worst


def test_paper_gets_the_details(page, report):
    driver = page()
    choose(driver, "rule", "R301")
    driver.execute_script("dispatchEvent(new Event('beforeprint'))")
    built = driver.execute_script("return [...document.querySelectorAll('.card > .b')].map(b => b.parentElement.id)")
    assert built == shown(driver)
    driver.execute_script("dispatchEvent(new Event('afterprint'))")
    assert driver.execute_script("return document.querySelectorAll('.fold').length") == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_text_has_enough_contrast(driver, report, tmp_path, language):
    path = tmp_path / "report.html"
    shown_gap = made("原文")
    path.write_text(render(replace(report, gaps=shown_gap.gaps), HtmlOptions(language)), encoding="utf-8")
    driver.get(path.as_uri())
    driver.execute_script(OPEN)
    driver.execute_script(OPEN)  # folds inside projects appear once these are open
    driver.implicitly_wait(1)
    assert driver.find_elements("css selector", ".b .f li")
    assert driver.execute_script(CONTRAST) == []
    driver.execute_script("document.querySelector('h1').style.color = '#999'")
    assert len(driver.execute_script(CONTRAST)) == 1  # the measure itself can fail


def test_nothing_is_wider_than_a_narrow_screen(page):
    driver = page("#p3")
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 360, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    )
    wide = driver.execute_script("return document.documentElement.scrollWidth")
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert wide == 360


def test_without_scripts_every_word_is_there(driver, report, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(render(report, HtmlOptions()), encoding="utf-8")
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    driver.get(path.as_uri())
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    built = driver.execute_script("return document.querySelectorAll('.card > noscript > .b').length")
    assert built == driver.execute_script("return document.querySelectorAll('.card').length") > 50
    driver.execute_script("document.querySelector('.card').open = true")
    assert "审核表" in driver.find_element("css selector", ".card .b").text


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("only", [False, True])
def test_hostile_text_does_nothing(driver, tmp_path, text, only):
    path = tmp_path / "report.html"
    path.write_text(render(made(text), HtmlOptions("zh", Member(text, 1) if only else None)), encoding="utf-8")
    driver.get(path.as_uri())
    driver.execute_script("for (const fold of document.querySelectorAll('details')) fold.open = true")
    driver.implicitly_wait(1)
    assert driver.find_element("css selector", ".b h4")
    assert driver.execute_script("return window.pwned === undefined && document.scripts.length") == (0 if only else 1)
    assert driver.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert driver.execute_script(WORDS) == inert(text)


def test_the_policy_is_in_force(page):
    driver = page()
    driver.execute_script(
        "const s = document.createElement('script'); s.textContent = 'window.pwned = 1'; document.body.append(s);"
        "const d = document.createElement('div'); d.innerHTML = '<b onclick=\"window.pwned = 1\">x</b>'; document.body.append(d);"
        "d.firstChild.click()"
    )
    assert driver.execute_script("return window.pwned") is None
    assert any("Content Security Policy" in entry["message"] for entry in driver.get_log("browser"))
