package store_test

import (
	"log/slog"
	"strings"
	"testing"

	"resilience/app/casework"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

// A follow-up that is changed behind the program's back is named.
func TestAFollowUpThatWasChangedIsNamed(t *testing.T) {
	w := servicetest.Make(t)
	ctx, id, day := t.Context(), w.Case("closed"), servicetest.Day.AddMonths(6)
	s := service.New(w.Store, service.ClockFrom(day), slog.New(slog.DiscardHandler))
	if _, err := s.BeginFollowUps(ctx); err != nil {
		t.Fatal(err)
	}
	file, err := s.FollowUpNow(ctx, w.By("holder"), id)
	if err != nil {
		t.Fatal(err)
	}
	in := casework.FollowingUp{Words: "It goes better.", MoreHelp: "no", Reached: map[string]casework.Reached{}}
	for _, aim := range file.FollowUp.Result.Aims {
		in.Reached[aim.Need] = casework.ReachedList[0].Reached
	}
	if err := s.RecordFollowUp(ctx, w.By("holder"), w.On("closed"), in); err != nil {
		t.Fatal(err)
	}
	if v := verified(t, w, ""); v.Wrong != nil {
		t.Fatal(v.Wrong)
	}
	tamper(t, w, `UPDATE follow_up SET result = REPLACE(result, 'better', 'worse') WHERE state = 'done'`)
	v := verified(t, w, "")
	if v.Wrong == nil || v.Wrong.Row != "support_case "+id.String() || !strings.Contains(v.Wrong.What, "its follow-up is not kept as it was recorded") {
		t.Errorf("a changed follow-up is %v", v.Wrong)
	}
}
