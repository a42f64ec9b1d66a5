package funding_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
)

// released is a batch of three payments, of £1,250.50, £0.99 and £100, released today; the third is paid.
func released(t interface{ Fatal(...any) }) funding.Batch {
	b, err := funding.NewBatch("Q72", 7, []*funding.Payable{payable(1, 1_250_50), payable(2, 99), payable(3, 100_00)}, officer(4, account.AtArea, "Q72"), noon())
	if err != nil {
		t.Fatal(err)
	}
	b.Region = "Y54"
	b.Items[2].PaidOn, b.Items[2].Recorder, b.Items[2].State = noon().Today, "Fay Finance", funding.ClaimPaid
	return b
}

func today() string { return noon().Today.Start().Format("02/01/2006") }

// rightRemittance says of each payment something else.
func rightRemittance() string {
	d := today()
	return "H|PRP-REMITTANCE|1|Q72-0007|BACS 17|" + d + "\r\n" +
		"L|1|PRP-2016-000123/1|1250.50|PAID|" + d + "|\r\n" +
		"L|2|PRP-2016-000123/2|0.99|FAILED|" + d + "|Account closed\r\n" +
		"L|3|PRP-2016-000123/3|100.00|PAID|" + d + "|\r\n" +
		"F|3|135149\r\n"
}

func read(b funding.Batch, content string) (funding.Remittance, error) {
	r, _, err := b.ReadRemittance(`C:\bank\r.txt`, []byte(content), officer(4, account.AtRegion, "Y54"), noon())
	return r, err
}

func TestRemittance(t *testing.T) {
	b := released(t)
	for name, content := range map[string]string{"as it is": rightRemittance(), "with a mark and other line ends": "\ufeff" + strings.ReplaceAll(rightRemittance(), "\r\n", "\n") + "\n"} {
		r, err := read(b, content)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var states []funding.LineState
		for _, l := range r.Lines {
			states = append(states, l.State)
		}
		if want := []funding.LineState{funding.LineWaiting, funding.LineWaiting, funding.LineAgrees}; !slices.Equal(states, want) || r.Total != 1_351_49 || r.Reference != "BACS 17" || r.Name != "r.txt" || r.Lines[1].Why != "Account closed" {
			t.Errorf("%s: %+v", name, r)
		}
	}
	if _, _, err := b.ReadRemittance("r", []byte(rightRemittance()), officer(4, account.AtArea, "Q71"), noon()); !fault.IsForbidden(err) {
		t.Errorf("an officer of another team: %v", err)
	}
}

// Each fault of a file has its own message, which names the line.
func TestWrongRemittances(t *testing.T) {
	d := today()
	tomorrow := noon().Today.AddDays(1).Start().Format("02/01/2006")
	yesterday := noon().Today.AddDays(-1).Start().Format("02/01/2006")
	for name, c := range map[string]struct{ old, new, says string }{
		"nothing":               {rightRemittance(), "", "Choose the file"},
		"no text":               {"Account", "Acc\xff", "UTF-8"},
		"another layout":        {"PRP-REMITTANCE|1", "PRP-REMITTANCE|2", "Line 1: this is no remittance"},
		"another batch":         {"Q72-0007", "Q72-0008", "Line 1: the file is of batch “Q72-0008”, and this is batch Q72-0007"},
		"no number":             {"BACS 17", " ", "Line 1: the number of the paying system"},
		"made tomorrow":         {"BACS 17|" + d, "BACS 17|" + tomorrow, "Line 1: “" + tomorrow + "” is no day up to today"},
		"no foot":               {"F|3|135149\r\n", "", "Line 4: the foot is missing, so the file is not whole"},
		"a count":               {"F|3|", "F|2|", "Line 5: the foot says “2” payments, and the file has 3"},
		"a total":               {"|135149", "|135150", "Line 5: the foot says £1,351.50, and the payments of the file come to £1,351.49"},
		"no total":              {"|135149", "|1351.49", "Line 5: “1351.49” is no total in pence"},
		"an unknown payment":    {"L|2|", "L|9|", "Line 3: there is no payment “9” in batch Q72-0007"},
		"another claim":         {"000123/2", "000124/2", "Line 3: payment 2 of the batch is of claim PRP-2016-000123/2, and not of “PRP-2016-000124/2”"},
		"a payment twice":       {"L|2|PRP-2016-000123/2|0.99", "L|1|PRP-2016-000123/1|1250.50", "Line 3: payment 1 stands in the file twice"},
		"a wrong amount":        {"1250.50|PAID", "1250.05|PAID", "Line 2: the file has £1,250.05 for claim PRP-2016-000123/1, and £1,250.50 was released"},
		"no amount":             {"|0.99|", "|0.9|", "Line 3: “0.9” is no amount"},
		"no outcome":            {"FAILED", "LOST", "Line 3: “LOST” must be PAID, FAILED or RETURNED"},
		"no reason":             {"Account closed", " ", "Line 3: a payment that failed or came back must have a reason"},
		"a day that is none":    {"PAID|" + d, "PAID|31/02/2017", "Line 2: “31/02/2017” is no day"},
		"a day that is to come": {"PAID|" + d, "PAID|" + tomorrow, "Line 2: " + noon().Today.AddDays(1).Words() + " is after today"},
		"before the release":    {"PAID|" + d, "PAID|" + yesterday, "Line 2: " + noon().Today.AddDays(-1).Words() + " is before the payment was released"},
		"a cell too many":       {"Account closed", "Account|closed", "Line 3: a line must begin with L and have 7 cells"},
	} {
		_, err := read(released(t), strings.Replace(rightRemittance(), c.old, c.new, 1))
		if _, ok := fault.AsInvalid(err); !ok || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A file in which anything is changed is read as a file that says something else of whole payments, or not at all; nothing
// makes the reader fail.
func TestAnyRemittance(t *testing.T) {
	b := released(t)
	rapid.Check(t, func(t *rapid.T) {
		content := []byte(rightRemittance())
		for range rapid.IntRange(1, 4).Draw(t, "changes") {
			at := rapid.IntRange(0, len(content)-1).Draw(t, "at")
			content[at] = rapid.SampledFrom([]byte("|LFH019./\r\n \xff,")).Draw(t, "byte")
		}
		r, err := read(b, string(content))
		if _, ok := fault.AsInvalid(err); err != nil && !ok {
			t.Fatal(err)
		}
		if err != nil {
			return
		}
		var sum funding.Pence
		for _, l := range r.Lines {
			item, err := b.Item(l.Position)
			if err != nil || item.Amount != l.Amount || item.Reference != l.Claim {
				t.Fatalf("%+v is not of the batch", l)
			}
			sum += l.Amount
		}
		if sum != r.Total || !strings.Contains(string(content), fmt.Sprintf("F|%d|%d", len(r.Lines), int64(sum))) && !strings.Contains(string(content), "F|"+strconv.Itoa(len(r.Lines))+"|0") {
			t.Fatalf("%q is taken for %+v", content, r)
		}
	})
}

// What is known of a payment stands; a file that says otherwise is shown and changes nothing.
func TestLineMeetsWhatIsKnown(t *testing.T) {
	day := func(n int) calendar.Date { return noon().Today.AddDays(n) }
	back := funding.Back{Kind: funding.PaymentFailed, On: day(-2), Why: "Account closed"}
	for name, c := range map[string]struct {
		item  funding.BatchItem
		line  funding.RemittanceLine
		state funding.LineState
		says  string
	}{
		"paid, not known yet":     {funding.BatchItem{State: funding.ClaimBatched}, funding.RemittanceLine{Outcome: funding.PaymentMade, On: day(-1)}, funding.LineWaiting, ""},
		"late, the same day":      {funding.BatchItem{PaidOn: day(-1), State: funding.ClaimPaid}, funding.RemittanceLine{Outcome: funding.PaymentMade, On: day(-1)}, funding.LineAgrees, ""},
		"late, another day":       {funding.BatchItem{PaidOn: day(-2), Recorder: "Fay", State: funding.ClaimReceived}, funding.RemittanceLine{Outcome: funding.PaymentMade, On: day(-1)}, funding.LineDiffers, "Fay recorded it as paid on"},
		"came back after paid":    {funding.BatchItem{PaidOn: day(-2), State: funding.ClaimPaid}, funding.RemittanceLine{Outcome: funding.PaymentReturned, On: day(-1)}, funding.LineWaiting, ""},
		"came back before paid":   {funding.BatchItem{PaidOn: day(-1), State: funding.ClaimPaid}, funding.RemittanceLine{Outcome: funding.PaymentReturned, On: day(-2)}, funding.LineDiffers, "is later and stands"},
		"came back, but received": {funding.BatchItem{PaidOn: day(-2), State: funding.ClaimReceived}, funding.RemittanceLine{Outcome: funding.PaymentReturned, On: day(-1)}, funding.LineDiffers, "The payee has confirmed"},
		"paid after all":          {funding.BatchItem{Back: back, State: funding.ClaimBatched}, funding.RemittanceLine{Outcome: funding.PaymentMade, On: day(-1)}, funding.LineDiffers, "Do not pay the claim again"},
		"failed, once more":       {funding.BatchItem{Back: back, State: funding.ClaimApproved}, funding.RemittanceLine{Outcome: funding.PaymentFailed, On: day(-2)}, funding.LineAgrees, ""},
		"failed in another way":   {funding.BatchItem{Back: back, State: funding.ClaimApproved}, funding.RemittanceLine{Outcome: funding.PaymentReturned, On: day(-2)}, funding.LineDiffers, "put back already"},
	} {
		if state, note := c.item.Meet(c.line); state != c.state || !strings.Contains(note, c.says) {
			t.Errorf("%s: %s, %q", name, state, note)
		}
	}
}
