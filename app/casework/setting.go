package casework

import (
	"slices"

	"resilience/app/calendar"
)

// Setting is a number of the year's rules that the programme left open.
type Setting struct {
	Code, Name string
	Unit       string // of the value: "working days", "days", "months", "patients", "pounds"
	Value      int
	Local      bool // set locally, not by the programme
}

// Codes of the settings.
const (
	AbsurdPatients  = "absurd_patients_per_fte"
	OfferNotice     = "offer_minimum_notice_days"
	OfferReminder   = "offer_reminder_days"
	ReserveReview   = "reserve_review_months"
	FollowUpAfter   = "follow_up_months"
	Silence         = "silent_days"
	ReceiptConfirm  = "receipt_confirm_days"
	MemorandumAfter = "mou_after_rapid_days"
	AnswerReview    = "decision_review_days"
	ConcernAnswer   = "concern_answer_days"
	SecondForOffer  = "offer_second_approver_pounds"
	SecondForClaim  = "claim_second_approver_pounds"
)

// usual are the values where a set says nothing of a setting, because it was made before there was one.
var usual = map[string]int{
	AbsurdPatients: 15000, OfferNotice: 10, OfferReminder: 3, ReserveReview: 6, FollowUpAfter: 6, Silence: 30, ReceiptConfirm: 10, MemorandumAfter: 20, AnswerReview: 20, ConcernAnswer: 5,
	SecondForOffer: 50_000, SecondForClaim: 50_000,
}

// Setting is the value of a setting in its unit.
func (r Rules) Setting(code string) int {
	i := slices.IndexFunc(r.Settings, func(s Setting) bool { return s.Code == code })
	if i < 0 {
		return usual[code]
	}
	return r.Settings[i].Value
}

// AbsurdPatients is how many patients for each full-time-equivalent GP or nurse are so many that the return is to be
// checked, and is never ranked: more than this.
func (r Rules) AbsurdPatients() int { return r.Setting(AbsurdPatients) }

// LeastExpiry is the earliest last day of an offer that is sent on a day.
func (r Rules) LeastExpiry(sent calendar.Date) calendar.Date {
	return sent.AddWorkingDays(r.Setting(OfferNotice))
}

// OfferReminderOn is the day on which the practice is reminded of an offer with that last day.
func (r Rules) OfferReminderOn(expires calendar.Date) calendar.Date {
	return expires.AddWorkingDays(-r.Setting(OfferReminder))
}

// ReserveReviewOn is the day on which a case that came to the reserve list, or was looked at there, on a day is looked
// at again.
func (r Rules) ReserveReviewOn(since calendar.Date) calendar.Date {
	return since.AddMonths(r.Setting(ReserveReview))
}

// DecisionReviewBy is the day by which a practice that asked for a review of a decision on a day has its answer.
func (r Rules) DecisionReviewBy(asked calendar.Date) calendar.Date {
	return asked.AddWorkingDays(r.Setting(AnswerReview))
}

// ConcernAnswerBy is the last day for the answer to a concern that was raised on a day.
func (r Rules) ConcernAnswerBy(raised calendar.Date) calendar.Date {
	return raised.AddWorkingDays(r.Setting(ConcernAnswer))
}

// FollowUpOn is the day on which a case that was closed on a day is measured again.
func (r Rules) FollowUpOn(closed calendar.Date) calendar.Date {
	return closed.AddMonths(r.Setting(FollowUpAfter))
}

// SilentOn is the day from which a case counts as silent, when the practice had its last word on a day.
func (r Rules) SilentOn(word calendar.Date) calendar.Date {
	return word.AddDays(r.Setting(Silence))
}

// ReceiptConfirmBy is the day by which the practice is asked to confirm money that was paid on a day.
func (r Rules) ReceiptConfirmBy(paid calendar.Date) calendar.Date {
	return paid.AddWorkingDays(r.Setting(ReceiptConfirm))
}

// MemorandumBy is the day by which a memorandum follows rapid intervention that was approved on a day.
func (r Rules) MemorandumBy(approved calendar.Date) calendar.Date {
	return approved.AddWorkingDays(r.Setting(MemorandumAfter))
}
