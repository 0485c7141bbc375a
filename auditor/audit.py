"""The audit: documents in, one Report out.

    Auditor.check          one document against the rules that look at one document
    Auditor.check_together the batch against the rules that look across documents
    Auditor.report         both, put in order and stamped

A check that crashes costs its rule that subject, not the run: it becomes a Gap that names rule and place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.assess import assess
from auditor.classify import decide_many, judged_pair
from auditor.document import Document, Gap, Place
from auditor.finding import Finding, Mark, Member, Severity, Subject, fingerprint
from auditor.links import linked
from auditor.profile import Profile, load_profile
from auditor.relevance import encoder_in
from auditor.report import Provenance, Report, Tally
from auditor.reuse import reuse_groups, twins
from auditor.review import review_documents
from auditor.rule import Rule
from auditor.rulebook import Rulebook, load_rulebook
from auditor.settings import Settings
from auditor.subjects import Batch, subjects
from auditor.taxonomy import detect_profile
from auditor.version import __version__
from auditor.wording import Wording

Progress = Callable[[Document], None]


@dataclass(frozen=True)
class Stamped:
    """A mark with the rule that made it and the words and severity it gets; not yet in order, not yet named."""

    rule: Rule
    severity: Severity
    mark: Mark


@dataclass(frozen=True)
class Checked:
    """The outcome of one stage: marks, gaps, how often each rule looked, and which projects are judged no further."""

    marks: tuple[Stamped, ...] = ()
    gaps: tuple[Gap, ...] = ()
    examined: tuple[tuple[str, int], ...] = ()
    exempt: frozenset[Member] = frozenset()


class Auditor:
    """Applies a rulebook under given settings. Holds no state between calls; safe to share and to pickle."""

    def __init__(self, settings: Settings | None = None, rulebook: Rulebook | None = None) -> None:
        self.settings = settings or Settings()
        self.rulebook = rulebook or load_rulebook(*self.settings.rules)

    @property
    def has_rules(self) -> bool:
        """Whether any rule is left to run under these settings."""
        return bool(self._active(load_profile(self.settings.profile or "generic")))

    def profile(self, document: Document) -> Profile:
        """Return the profile in force for a document: the one set, else the one the document itself uses."""
        return load_profile(self.settings.profile or detect_profile(document))

    def check(self, document: Document) -> Checked:
        """Apply every rule that looks at one document."""
        profile = self.profile(document)
        active = self._active(profile)
        first = [rule for rule in self._rules(active) if rule.exempts and not rule.on_batch]
        others = [rule for rule in self._rules(active) if not rule.exempts and not rule.on_batch]
        found = [self._apply(rule, document, profile, active) for rule in first]
        exempt = frozenset(
            Member(document.name, stamped.mark.subject.project.row)
            for checked in found
            for stamped in checked.marks
            if stamped.mark.subject.project
        )
        judged = without(document, exempt)
        # Rules and scores ask for the class of each indicator; all at once they cost one matrix product.
        decide_many([judged_pair(indicator) for project in judged.projects for indicator in project.indicators])
        found += [self._apply(rule, document if rule.examines_exempt else judged, profile, active) for rule in others]
        return replace(_merged(found), exempt=exempt)

    def check_together(
        self, documents: Sequence[Document], exempt: frozenset[Member] = frozenset()
    ) -> tuple[Checked, Batch]:
        """Apply every rule that looks across documents; rows in `exempt` take no part."""
        judged = tuple(without(document, exempt) for document in documents)
        batch, broken = _grouped(judged)
        batch, unlinked = _linked(batch)
        profile = load_profile(self.settings.profile or "generic")
        active = self._active(profile)
        found = [self._apply_to_batch(rule, batch, profile, active) for rule in self._rules(active) if rule.on_batch]
        return _merged([*found, Checked(gaps=(*broken, *unlinked))]), batch

    def report(self, documents: Sequence[Document], progress: Progress | None = None) -> Report:
        """Audit documents together. The order of `documents` is the order of the report.

        Raises EncoderError where the settings name an encoder that cannot be used.
        """
        if self.settings.encoder is None:
            return self._report(documents, progress)
        with encoder_in(self.settings.encoder):
            return self._report(documents, progress)

    def _report(self, documents: Sequence[Document], progress: Progress | None) -> Report:
        checked = []
        for document in documents:
            checked.append(self.check(document))
            if progress:
                progress(document)
        exempt = frozenset(member for result in checked for member in result.exempt)
        together, batch = self.check_together(documents, exempt)
        whole = _merged([*checked, together])
        findings = _findings(whole.marks, documents)
        profiles = tuple(self.profile(document) for document in documents)
        assessed = assess(documents, profiles, exempt)
        ran = [rule for rule, _ in whole.examined]
        return Report(
            provenance=Provenance(__version__, self.rulebook.digest, assessed.models),
            profile=self.settings.profile or _most_common([profile.name for profile in profiles]),
            documents=tuple(documents),
            profiles=tuple(profile.name for profile in profiles),
            findings=findings,
            gaps=(*(gap for document in documents for gap in document.gaps), *whole.gaps, *assessed.gaps),
            reuse=batch.groups,
            pairings=batch.pairings,
            reviews=review_documents(documents, profiles, findings, ran, exempt),
            tally=_tally(whole, findings),
            exempt=exempt,
            scores=assessed.scores,
            relevance=assessed.relevance,
            titles=tuple((rule, self.rulebook.rule(rule).title) for rule in ran),
        )

    def _active(self, profile: Profile) -> dict[str, Severity]:
        settings = self.settings
        return self.rulebook.active(profile, settings.select, settings.ignore, settings.severity)

    def _rules(self, active: dict[str, Severity]) -> list[Rule]:
        return [rule for rule in self.rulebook.rules if rule.id in active]

    def _apply(self, rule: Rule, document: Document, profile: Profile, active: dict[str, Severity]) -> Checked:
        marks: list[Stamped] = []
        gaps: list[Gap] = []
        examined = 0
        for scope in rule.looks_at:
            for subject in subjects(document, scope):
                examined += 1
                try:
                    marks += self._stamp(rule, active[rule.id], profile, rule.run(subject, profile, **rule.parameters))
                except Exception as error:  # a crashing check costs only itself; the Gap keeps it visible
                    gaps.append(_crash(rule, subject, error))
        return Checked(tuple(marks), tuple(gaps), ((rule.id, examined),))

    def _apply_to_batch(self, rule: Rule, batch: Batch, profile: Profile, active: dict[str, Severity]) -> Checked:
        examined = sum(len(document.projects) for document in batch.documents)
        try:
            marks = tuple(self._stamp(rule, active[rule.id], profile, rule.run(batch, profile, **rule.parameters)))
        except Exception as error:  # as above
            document = batch.documents[0] if batch.documents else Document("", "other", Place(""))
            return Checked(gaps=(_crash(rule, Subject(document), error),), examined=((rule.id, examined),))
        return Checked(marks, (), ((rule.id, examined),))

    def _stamp(self, rule: Rule, severity: Severity, profile: Profile, marks: Iterable[Mark]) -> Iterator[Stamped]:
        fixed = rule.id in self.rulebook.graded(profile, self.settings.severity)
        for mark in marks:
            variant = rule.variants.get(mark.variant or "")
            own = variant.severity if variant else None
            yield Stamped(rule, severity if fixed or own is None else own, mark)


def _grouped(documents: tuple[Document, ...]) -> tuple[Batch, tuple[Gap, ...]]:
    """Look for reused text; if that crashes, the batch has no groups and a Gap says so."""
    try:
        doubles = twins(documents)
        aside = {twin.document for twin in doubles}
        groups = reuse_groups([document for document in documents if document.name not in aside])
        return Batch(documents, groups, doubles), ()
    except Exception as error:  # the documents' own findings must survive
        said = f"{type(error).__name__}: {error}"
        wording = Wording(
            f"雷同比对运行出错，本批未作雷同比对（{said}）",
            f"the search for reused text crashed and was not done ({said})",
        )
        place = documents[0].place if documents else Place("")
        return Batch(documents), (Gap(place.file, "rule", wording, place),)


def _linked(batch: Batch) -> tuple[Batch, tuple[Gap, ...]]:
    """Compare documents with one another, those set aside excepted; a crash costs the comparison, not the audit."""
    aside = {twin.document for twin in batch.twins}
    try:
        return replace(batch, pairings=linked([one for one in batch.documents if one.name not in aside])), ()
    except Exception as error:  # as above
        said = f"{type(error).__name__}: {error}"
        wording = Wording(
            f"文件之间的勾稽核对运行出错，本批未作核对（{said}）",
            f"the comparison of documents crashed and was not done ({said})",
        )
        place = batch.documents[0].place if batch.documents else Place("")
        return batch, (Gap(place.file, "rule", wording, place),)


def without(document: Document, exempt: frozenset[Member]) -> Document:
    """Return the document without its exempt projects."""
    kept = tuple(project for project in document.projects if Member(document.name, project.row) not in exempt)
    return document if len(kept) == len(document.projects) else replace(document, projects=kept)


def _merged(results: Iterable[Checked]) -> Checked:
    results = list(results)
    examined: Counter[str] = Counter()
    for result in results:
        for rule, count in result.examined:
            examined[rule] += count
    return Checked(
        tuple(mark for result in results for mark in result.marks),
        tuple(gap for result in results for gap in result.gaps),
        tuple(sorted(examined.items())),
        frozenset(member for result in results for member in result.exempt),
    )


def _most_common(profiles: Sequence[str]) -> str:
    return Counter(profiles).most_common(1)[0][0] if profiles else "generic"


def _tally(whole: Checked, findings: Sequence[Finding]) -> tuple[Tally, ...]:
    flagged = Counter(finding.rule for finding in findings)
    return tuple(Tally(rule, examined, flagged[rule]) for rule, examined in whole.examined)


def _crash(rule: Rule, subject: Subject, error: Exception) -> Gap:
    passage = subject.passage
    place = passage.place if passage else subject.project.place if subject.project else subject.document.place
    said = f"{type(error).__name__}: {error}"
    return Gap(
        subject.document.name,
        "rule",
        Wording(
            f"规则 {rule.id} 在此处运行出错，此处未按该规则审核（{said}）；请把这一行反馈给维护者",
            f"rule {rule.id} crashed here and did not check this place ({said}); please report it",
        ),
        place,
        rule=rule.id,
        quote=passage.text if passage else "",
    )


def _findings(marks: Iterable[Stamped], documents: Sequence[Document]) -> tuple[Finding, ...]:
    """Put marks in reading order and make findings of them; equal ones are told apart by a counter."""
    order = {document.name: at for at, document in enumerate(documents)}

    def position(stamped: Stamped) -> tuple[int, int, int, str, str, tuple[int, int]]:
        subject = stamped.mark.subject
        return (
            order[subject.document.name],
            subject.project.row if subject.project else 0,
            subject.indicator.ordinal if subject.indicator else 0,
            stamped.rule.id,
            subject.field or "",
            stamped.mark.span or (0, 0),
        )

    repeats: Counter[str] = Counter()
    findings = []
    for stamped in sorted(marks, key=position):
        first = fingerprint(stamped.rule.id, stamped.mark.subject, quote_of(stamped.mark), 0)
        findings.append(_finding(stamped, repeats[first]))
        repeats[first] += 1
    return tuple(findings)


def quote_of(mark: Mark) -> str:
    """Return the words a mark points at: its own quote, else its span, else the whole passage."""
    if mark.quote is not None:
        return mark.quote
    text = mark.subject.passage.text if mark.subject.passage else ""
    return text[mark.span[0] : mark.span[1]] if mark.span else text


def _finding(stamped: Stamped, repeat: int) -> Finding:
    rule, mark = stamped.rule, stamped.mark
    subject, quote = mark.subject, quote_of(mark)
    project, indicator, passage = subject.project, subject.indicator, subject.passage
    variant = rule.variants.get(mark.variant or "")
    text = passage.text if passage else ""
    values = {"quote": quote, "text": text, "project": project.title if project else "", **mark.values}
    message = variant.message if variant and variant.message else rule.message
    suggestion = variant.suggestion if variant and variant.suggestion else rule.suggestion
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=stamped.severity,
        confidence=mark.score,
        document=subject.document.name,
        row=project.row if project else None,
        project=project.title if project and project.name else None,
        indicator=indicator.ordinal if indicator else None,
        field=subject.field,
        quote=quote,
        span=mark.span,
        message=message.fill(values),
        suggestion=suggestion.fill(values),
        evidence=mark.evidence,
        principle=rule.principle,
        place=passage.place if passage else project.place if project else subject.document.place,
        fingerprint=fingerprint(rule.id, subject, quote, repeat),
        content=fingerprint(rule.id, subject, quote, 0),
    )
