package funding_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resilience/app/account"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
)

func officer(id account.PersonID, place account.Place, code string) account.Actor {
	return account.Actor{Person: account.Person{ID: id}, Assignments: []account.Assignment{{Role: account.FinanceOfficer, Place: place, Code: code}}}
}

func payable(n int, amount funding.Pence) *funding.Payable {
	return &funding.Payable{
		Claim:         funding.Claim{ID: int64(100 + n), Number: n, State: funding.ClaimApproved, ClaimedBy: 1, CheckedBy: 2, ApprovedBy: 3, Gross: amount},
		CaseReference: "PRP-2016-000123", Team: "Q72", Region: "Y54", Payee: "MARIGOLD SURGERY", PayeeCode: "X10001", Source: "General Practice Resilience Programme", Year: 2016,
	}
}

func TestBatch(t *testing.T) {
	one, two := payable(1, 1_250_50), payable(2, 99)
	two.Payee = `=HYPERLINK("http://evil.example","Smith, ""Jones"" & Co")`
	b, err := funding.NewBatch("Q72", 7, []*funding.Payable{one, two}, officer(4, account.AtRegion, "Y54"), noon())
	if err != nil {
		t.Fatal(err)
	}
	want := `"Batch","Position","Claim","Payee","Payee code","Amount in pounds","Funding source","Financial year"` + "\r\n" +
		`"Q72-0007","1","PRP-2016-000123/1","MARIGOLD SURGERY","X10001","1250.50","General Practice Resilience Programme","2016/17"` + "\r\n" +
		`"Q72-0007","2","PRP-2016-000123/2","'=HYPERLINK(""http://evil.example"",""Smith, """"Jones"""" & Co"")","X10001","0.99","General Practice Resilience Programme","2016/17"` + "\r\n" +
		`"Total of Q72-0007","2","","","","1251.49","",""` + "\r\n"
	if got := string(b.File()); got != want {
		t.Errorf("the file is\n%s\nnot\n%s", got, want)
	}
	if b.Total != 1_251_49 || b.Count != 2 || !b.Intact() || one.State != funding.ClaimBatched || two.State != funding.ClaimBatched {
		t.Errorf("the batch is %+v", b)
	}
	b.Items[0].Amount++
	if b.Intact() {
		t.Error("another amount goes unnoticed")
	}
}

func TestBatchesThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*funding.Payable)
		by     account.Actor
		kind   func(error) bool
	}{
		"claimed it":        {func(*funding.Payable) {}, officer(1, account.AtArea, "Q72"), fault.IsForbidden},
		"checked it":        {func(*funding.Payable) {}, officer(2, account.AtArea, "Q72"), fault.IsForbidden},
		"approved it":       {func(*funding.Payable) {}, officer(3, account.AtArea, "Q72"), fault.IsForbidden},
		"has an interest":   {func(p *funding.Payable) { p.Barred = []account.PersonID{9, 4} }, officer(4, account.AtArea, "Q72"), fault.IsForbidden},
		"of another team":   {func(*funding.Payable) {}, officer(4, account.AtArea, "Q71"), fault.IsForbidden},
		"of another region": {func(*funding.Payable) {}, officer(4, account.AtRegion, "Y56"), fault.IsForbidden},
		"is no officer": {func(*funding.Payable) {}, account.Actor{Person: account.Person{ID: 4}, Assignments: []account.Assignment{{Role: account.TeamLead, Place: account.AtArea, Code: "Q72"}}},
			fault.IsForbidden},
		"released before":     {func(p *funding.Payable) { p.State = funding.ClaimBatched }, officer(4, account.AtArea, "Q72"), isConflict},
		"only checked":        {func(p *funding.Payable) { p.State = funding.ClaimChecked }, officer(4, account.AtArea, "Q72"), isConflict},
		"another team's case": {func(p *funding.Payable) { p.Team = "Q73" }, officer(4, account.AtRegion, "Y54"), isConflict},
	} {
		bad := payable(2, 5_00)
		c.change(bad)
		if _, err := funding.NewBatch("Q72", 1, []*funding.Payable{payable(1, 5_00), bad}, c.by, noon()); !c.kind(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := funding.NewBatch("Q72", 1, nil, officer(4, account.AtArea, "Q72"), noon())
	if _, ok := fault.AsInvalid(err); !ok {
		t.Errorf("nothing chosen: %v", err)
	}
}

func isConflict(err error) bool { _, is := err.(fault.Conflict); return is }

// Whatever the payees are called, the file is read back as it was meant, foots to its total, and holds no formula.
func TestBatchFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var claims []*funding.Payable
		var sum funding.Pence
		for i := range rapid.IntRange(1, 6).Draw(t, "claims") {
			p := payable(i+1, funding.Pence(rapid.Int64Range(1, 1_000_000_00).Draw(t, "amount")))
			p.Payee = rapid.OneOf(rapid.String(), rapid.StringMatching(`[ \t]{0,2}[-=+@][A-Z0-9()!",\r\n]{0,9}`)).Draw(t, "payee")
			p.PayeeCode = string(practice.Code(rapid.StringMatching(`[=A-Z][0-9]{1,5}`).Draw(t, "code")))
			claims, sum = append(claims, p), sum+p.Gross
		}
		b, err := funding.NewBatch("Q72", 1, claims, officer(4, account.AtArea, "Q72"), noon())
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(b.File(), b.File()) || !b.Intact() {
			t.Fatal("the file is not the same each time")
		}
		rows, err := csv.NewReader(bytes.NewReader(b.File())).ReadAll()
		if err != nil || len(rows) != len(claims)+2 {
			t.Fatalf("%d rows for %d claims, %v", len(rows), len(claims), err)
		}
		var pence int64
		for _, row := range rows[1 : len(rows)-1] {
			for _, cell := range row {
				if first := strings.TrimLeft(cell, " \t"); first != "" && strings.ContainsRune("=+-@", rune(first[0])) {
					t.Fatalf("the cell %q is a formula", cell)
				}
			}
			n, err := strconv.ParseInt(strings.Replace(row[5], ".", "", 1), 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			pence += n
		}
		if foot := rows[len(rows)-1]; pence != int64(sum) || b.Total != sum || foot[5] != sum.Plain() || foot[1] != strconv.Itoa(len(claims)) {
			t.Fatalf("the foot is %v, the sum %s", foot, sum)
		}
	})
}

// The pipe-delimited file has as many cells in each line as its layout says, whatever payees are called, and its foot has the
// count, the pence and the hash of what stands before it.
func TestPipedFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var claims []*funding.Payable
		for i := range rapid.IntRange(1, 6).Draw(t, "claims") {
			p := payable(i+1, funding.Pence(rapid.Int64Range(1, 1_000_000_00).Draw(t, "amount")))
			p.Payee = rapid.OneOf(rapid.String(), rapid.StringMatching("[|\r\n\u2028A-Z]{0,9}"), rapid.Just("A\xffB|C")).Draw(t, "payee")
			claims = append(claims, p)
		}
		b, err := funding.NewBatch("Q72", 12, claims, officer(4, account.AtArea, "Q72"), noon())
		if err != nil {
			t.Fatal(err)
		}
		file := string(b.PipedFile())
		lines := strings.Split(file, "\r\n")
		if len(lines) != len(claims)+3 || lines[0] != "H|PRP-PAYMENTS|1|Q72-0012|12|Q72" || lines[len(lines)-1] != "" {
			t.Fatalf("the file is %q", file)
		}
		var pence int64
		for _, line := range lines[1 : len(lines)-2] {
			cells := strings.Split(line, "|")
			if len(cells) != 8 || cells[0] != "L" || strings.ContainsAny(line, "\r\n") {
				t.Fatalf("the line is %q", line)
			}
			n, err := strconv.ParseInt(strings.Replace(cells[5], ".", "", 1), 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			pence += n
		}
		sum := sha256.Sum256([]byte(file[:strings.LastIndex(file, "F|")]))
		if foot := lines[len(lines)-2]; foot != "F|"+strconv.Itoa(len(claims))+"|"+strconv.FormatInt(pence, 10)+"|"+hex.EncodeToString(sum[:]) || pence != int64(b.Total) {
			t.Fatalf("the foot is %q", foot)
		}
	})
}
