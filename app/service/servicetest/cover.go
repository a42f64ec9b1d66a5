package servicetest

import (
	"resilience/app/account"
	"resilience/app/service"
)

// Cover lets somebody stand in for another person of the team Own, whose leave they arrange themselves, from Day for ten days. It returns the number of
// the cover.
func (w *World) Cover(away, standIn string) int64 {
	w.t.Helper()
	in := service.NewCover{Away: w.actor(away).ID, StandIn: w.actor(standIn).ID, Place: Own}
	in.CoverInput = account.CoverInput{First: Day, Last: Day.AddDays(9), Reason: "Annual leave."}
	if err := w.Service.ArrangeCover(w.t.Context(), w.By(away), in); err != nil {
		w.t.Fatal(err)
	}
	covers, err := w.Service.StandsInFor(w.t.Context(), w.By(standIn))
	if err != nil || len(covers) == 0 {
		w.t.Fatalf("%d covers: %v", len(covers), err)
	}
	return covers[len(covers)-1].ID
}

// For is somebody of the world acting by a cover.
func (w *World) For(standIn string, cover int64) service.By {
	w.t.Helper()
	by, err := w.Service.Standing(w.t.Context(), w.By(standIn), cover)
	if err != nil {
		w.t.Fatal(err)
	}
	return by
}
