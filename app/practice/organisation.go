package practice

import "resilience/app/calendar"

// Organisation is a region, area, commissioner or practice with its whole history.
type Organisation struct {
	Code Code
	Kind Kind
	// Stub is true while the organisation is known only because another one names its code. Its name is its code.
	Stub bool
	// FirstAsAt is the as-at date of the oldest file that tells of it; zero for a stub.
	FirstAsAt calendar.Date
	// LastSeen is the as-at date of the newest file that told everything there is to tell about it; zero for a stub.
	// It stands for LastSeen of the periods that are open, so that an import need not touch each of them.
	LastSeen calendar.Date
	Lines    [attributeCount]Timeline
}

// Settle brings LastSeen of the open periods up to that of the organisation. It is called once after reading an
// organisation back.
func (o *Organisation) Settle() {
	for a := range o.Lines {
		line := o.Lines[a]
		if n := len(line); n > 0 && line[n-1].LastSeen.Before(o.LastSeen) {
			line[n-1].LastSeen = o.LastSeen
		}
	}
}

// Current is what is known now.
func (o *Organisation) Current() Facts {
	var f Facts
	for a := range o.Lines {
		f[a] = o.Lines[a].Current()
	}
	if o.Stub {
		f[AttributeName] = string(o.Code)
	}
	return f
}

// On is what held on the day; before the first file, the earliest known.
func (o *Organisation) On(day calendar.Date) Facts {
	var f Facts
	for a := range o.Lines {
		p, _, _ := o.Lines[a].On(day)
		f[a] = p.Value
	}
	return f
}

// observe enters what one row of a file tells, and returns what that did to each attribute.
func (o *Organisation) observe(r *Record, file Import) [attributeCount]Outcome {
	var outcomes [attributeCount]Outcome
	told := r.Observed & o.Kind.Attributes()
	for a := range attributeCount {
		if told.Has(a) {
			outcomes[a] = o.Lines[a].Observe(a, file.observation(r.Facts[a]))
		}
	}
	o.Stub = false
	if o.FirstAsAt.IsZero() || file.AsAt.Before(o.FirstAsAt) {
		o.FirstAsAt = file.AsAt
	}
	if told.Covers(o.Kind.Attributes()) && file.AsAt.After(o.LastSeen) {
		o.LastSeen = file.AsAt
	}
	return outcomes
}

// Import is one file being imported.
type Import struct {
	ID   int64
	Kind FileKind
	AsAt calendar.Date
	// Previous and Next are the as-at dates of the files of the same kind just before and after AsAt; zero where there
	// is none.
	Previous, Next calendar.Date
}

// Older tells whether a newer file of the same kind was imported already.
func (f Import) Older() bool { return !f.Next.IsZero() }

func (f Import) observation(value string) Observation {
	return Observation{Value: value, Day: f.AsAt, Import: f.ID, Previous: f.Previous, Next: f.Next}
}
