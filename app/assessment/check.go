package assessment

import (
	"slices"
	"strings"
	"unicode/utf8"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
)

// fits checks what is there against the year's rules and the room that there is for it. wrong is what is known already.
func (f Findings) fits(rules Rules, wrong fault.Invalid, today calendar.Date) error {
	seen := map[string]bool{}
	for _, r := range f.Ratings {
		key := Key(r.Criterion, r.Practice)
		if _, ok := rules.Criterion(r.Criterion); !ok || seen["criterion "+key] {
			wrong.Add("concern-"+key, "Choose from the criteria of the year")
			continue
		}
		seen["criterion "+key] = true
		r.fits(&wrong, today)
	}
	for _, n := range f.Needs {
		if _, ok := rules.Area(n.Area); !ok || seen["area "+n.Area] {
			wrong.Add("severity-"+n.Area, "Choose from the areas of the year")
			continue
		}
		seen["area "+n.Area] = true
		oneOf(&wrong, "severity-"+n.Area, n.Severity, Levels)
		tooLong(&wrong, "detail-"+n.Area, n.Detail, LongText)
	}
	oneOf(&wrong, "scope", f.Scope, Levels)
	tooLong(&wrong, "scope_rationale", f.ScopeRationale, LongText)
	oneOf(&wrong, "impact", f.Impact, Levels)
	tooLong(&wrong, "impact_rationale", f.ImpactRationale, LongText)
	return wrong.Err()
}

func (r Rating) fits(wrong *fault.Invalid, today calendar.Date) {
	key := Key(r.Criterion, r.Practice)
	tooLong(wrong, "value-"+key, r.Value, ShortText)
	if r.AsAt.After(today) {
		wrong.Add("as_at-"+key+"-day", "The day cannot be after today, %s", today.Words())
	}
	tooLong(wrong, "source-"+key, r.Source, ShortText)
	tooLong(wrong, "compared-"+key, r.Compared, ShortText)
	tooLong(wrong, "instead-"+key, r.Instead, ShortText)
	oneOf(wrong, "concern-"+key, r.Concern, Concerns)
	tooLong(wrong, "rationale-"+key, r.Rationale, LongText)
}

func oneOf[T ~string](wrong *fault.Invalid, field string, value T, list []T) {
	if value != "" && !slices.Contains(list, value) {
		wrong.Add(field, "Choose from the list")
	}
}

func tooLong(wrong *fault.Invalid, field, text string, most int) {
	if n := utf8.RuneCountInString(text); n > most {
		wrong.Add(field, "Use at most %d characters. There are %d now", most, n)
	} else if fault.BankDetails(text) {
		wrong.Add(field, fault.NoBankDetails)
	}
}

// Differences names what differs between two sets of findings, in the words of the rules: for the record of a change.
func Differences(before, after Findings, rules Rules) []string {
	var list []string
	for _, c := range rules.Criteria {
		for _, code := range ratedIn(before.RatingsOf(c.Code), after.RatingsOf(c.Code)) {
			old, was := before.RatingOf(c.Code, code)
			r, is := after.RatingOf(c.Code, code)
			if was != is || !old.same(r) {
				list = append(list, changed(strings.TrimSuffix(c.Name+", "+string(code), ", "), rules.ConcernName(old.Concern), rules.ConcernName(r.Concern)))
			}
		}
	}
	for _, a := range rules.Areas {
		old, _ := before.Need(a.Code)
		n, _ := after.Need(a.Code)
		if old != n && (old.Area != "" || n.Area != "") {
			list = append(list, changed("Need, "+a.Name, old.Severity.Name(), n.Severity.Name()))
		}
	}
	if before.Scope != after.Scope || before.ScopeRationale != after.ScopeRationale {
		list = append(list, changed("Scope for support", before.Scope.Name(), after.Scope.Name()))
	}
	if before.Impact != after.Impact || before.ImpactRationale != after.ImpactRationale {
		list = append(list, changed("Impact of support", before.Impact.Name(), after.Impact.Name()))
	}
	return list
}

// ratedIn lists the practices that either rates; the empty code is the case as a whole.
func ratedIn(a, b []Rating) []practice.Code {
	var codes []practice.Code
	for _, r := range append(slices.Clone(a), b...) {
		if !slices.Contains(codes, r.Practice) {
			codes = append(codes, r.Practice)
		}
	}
	return codes
}

func changed(name, before, after string) string {
	if before == after {
		return name + " (" + lower(after) + ")"
	}
	return name + " (" + lower(before) + ", now " + lower(after) + ")"
}

func lower(s string) string {
	if s == "" {
		return s
	}
	b := []byte(s)
	if b[0] >= 'A' && b[0] <= 'Z' {
		b[0] += 'a' - 'A'
	}
	return string(b)
}
