package journey

import (
	"context"
	"os"
	"testing"
)

// The whole way on the real register, for a practice that a search finds there, without scripts.
func TestFromNeedToMoneyReceivedOnTheRealRegister(t *testing.T) {
	needed(t)
	if os.Getenv("RESILIENCE_TEST_DATA") == "" {
		t.Skip("RESILIENCE_TEST_DATA is not set: it names the folder with the published files")
	}
	s := newSite(t, published, true)
	s.scripts = false
	code, name := s.signsIn(t, lead).findsAPractice()
	requester := somebody{manager.name, "petra.haldane@practice.example", manager.role, []string{code}}
	signs := somebody{signatory.name, "alma.thorne@practice.example", signatory.role, []string{code}}
	if err := add(context.Background(), s.service, requester, true); err != nil {
		t.Fatal(err)
	}
	newTroupe(t, s, requester, signs, name, "NHS ENGLAND NORTH (Y").goes(t, wholeWay)
}
