package demo_test

import (
	"database/sql"
	"testing"

	"resilience/app/demo"
)

// What the teams have is about what their cases can use: some half to four fifths of it is promised to practices or paid by January, also where the
// cases are twice as many. Some teams have little left, and none less than nothing.
func TestBudgetsAreOfTheSizeOfTheCases(t *testing.T) {
	t.Run("usual", func(t *testing.T) { budgetsFit(t, usual(t)) })
	t.Run("300", func(t *testing.T) {
		if testing.Short() {
			t.Skip("makes another demonstration, which is not short")
		}
		budgetsFit(t, open(t, build(t, t.TempDir(), demo.Plan{Today: usualDay, Cases: 300, Seed: 3})))
	})
}

func budgetsFit(t *testing.T, db *sql.DB) {
	t.Helper()
	rows, err := db.Query(`SELECT b.team, -SUM(CASE WHEN a.state = 'outside' THEN a.balance ELSE 0 END), SUM(CASE WHEN a.state IN ('committed', 'claimed', 'approved', 'paid', 'received') THEN a.balance ELSE 0 END),
		SUM(CASE WHEN a.state = 'available' THEN a.balance ELSE 0 END) FROM money_account a JOIN budget b ON b.id = a.budget_id WHERE b.year = 2016 GROUP BY b.team`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var have, use, teams, tight int
	for rows.Next() {
		var team string
		var given, used, left int
		if err := rows.Scan(&team, &given, &used, &left); err != nil {
			t.Fatal(err)
		}
		teams, have, use = teams+1, have+given, use+used
		if left*4 < given {
			tight++
		}
		if left < 0 {
			t.Errorf("%s has %d pence left", team, left)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if teams != 14 || use*100 < have*50 || use*100 > have*80 || tight < 3 || tight > 11 {
		t.Errorf("%d teams have £%d, of which £%d is promised or paid; %d of them have less than a quarter left", teams, have/100, use/100, tight)
	}
	if odd := column(t, db, `SELECT a.id FROM allocation a JOIN budget b ON b.id = a.budget_id WHERE b.source IN ('gprp', 'carry_over') AND a.amount % 100000 <> 0`); len(odd) > 0 {
		t.Errorf("%d allocations are no round thousands", len(odd))
	}
}
