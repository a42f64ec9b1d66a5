package service_test

import (
	"testing"

	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// A line of which less was given than promised has a reason before its case is closed, and keeps it with what was promised and
// given then; both sides read it.
func TestEveryUndeliveredLineHasAReason(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	must(t, s.ReportProgress(ctx, w.By("pm"), w.On("delivery"), w.ReportOf("delivery", "1")))
	blocked, err := s.Closing(ctx, w.By("holder"), w.Case("delivery"))
	must(t, err)
	if len(blocked.Reports) != 1 || blocked.ClosingChecks()[1].Open != 1 {
		t.Errorf("%+v", blocked.Reports)
	}
	must(t, s.ReadReports(ctx, w.By("holder"), w.On("delivery")))
	f, err := s.Closing(ctx, w.By("holder"), w.Case("delivery"))
	must(t, err)
	if len(f.Undelivered) != 1 || f.Undelivered[0].Amounts() != "2½ days promised, 1 day given" {
		t.Fatalf("%+v", f.Undelivered)
	}
	line := f.Undelivered[0].Line
	closing := func(because support.UndeliveredReason, why string) error {
		return s.Close(ctx, w.By("holder"), w.On("delivery"), casework.Closing{
			Outcome: "improved", Reasons: "Every session is filled.", Because: map[int64]support.UndeliveredReason{line: because}, Why: map[int64]string{line: why},
		})
	}
	for name, one := range map[string]struct {
		field string
		err   error
	}{
		"no reason":         {support.UndeliveredField(line), closing("", "The adviser left.")},
		"not on the list":   {support.UndeliveredField(line), closing("laziness", "The adviser left.")},
		"no words":          {support.UndeliveredWhyField(line), closing("provider_could_not", " ")},
		"asks for payments": {support.UndeliveredWhyField(line), closing("other", "The practice must pay half of the cost.")},
	} {
		if invalid, ok := fault.AsInvalid(one.err); !ok || len(invalid.Fields) != 1 || invalid.Fields[0].Name != one.field {
			t.Errorf("%s: %v", name, one.err)
		}
	}
	must(t, closing("provider_could_not", "The adviser left. "))
	kept, err := s.Undelivered(ctx, w.Case("delivery"))
	must(t, err)
	want := f.Undelivered[0]
	want.Reason, want.Words = "provider_could_not", "The adviser left."
	if len(kept) != 1 || kept[0] != want {
		t.Errorf("%+v, not %+v", kept, want)
	}
	file, err := s.Case(ctx, w.By("pm"), w.Case("delivery"))
	must(t, err)
	if words := file.Timeline[0].Words["undelivered"]; words == "" {
		t.Error("the practice is not told")
	}
	if v, err := s.Verify(ctx, ""); err != nil || v.Wrong != nil {
		t.Errorf("%v %v", v.Wrong, err)
	}
}
