-- What the migrations make, for reading. Made by pg_dump of PostgreSQL 15: go test ./db -update
CREATE FUNCTION public.acted_for_keep() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'acts for somebody are only added' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE FUNCTION public.approval_keep() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR OLD.undone_event_id IS NOT NULL OR NEW.undone_event_id IS NULL
      OR (NEW.id, NEW.subject_kind, NEW.subject_id, NEW.subject_version, NEW.step, NEW.person_id, NEW.amount, NEW.approved_at, NEW.event_id, NEW.reaches)
      IS DISTINCT FROM (OLD.id, OLD.subject_kind, OLD.subject_id, OLD.subject_version, OLD.step, OLD.person_id, OLD.amount, OLD.approved_at, OLD.event_id, OLD.reaches) THEN
        RAISE EXCEPTION 'approvals are only added and undone' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION public.approval_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.subject_kind = 'claim' AND (EXISTS (SELECT 1 FROM claim m WHERE m.id = NEW.subject_id AND m.claimed_by = NEW.person_id)
        OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'claim' AND a.subject_id = NEW.subject_id AND a.person_id = NEW.person_id AND a.step <> NEW.step AND a.undone_event_id IS NULL))
      OR NEW.subject_kind = 'offer' AND EXISTS (SELECT 1 FROM offer_writer w WHERE w.offer_id = NEW.subject_id AND w.person_id = NEW.person_id) THEN
        RAISE EXCEPTION 'nobody acts twice on the same money' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION public.approval_stand_in_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.subject_kind = 'claim' AND EXISTS (SELECT 1 FROM claim m JOIN acted_for f ON f.case_id = m.case_id WHERE m.id = NEW.subject_id AND (
        f.person_id = NEW.person_id AND (m.claimed_by = f.for_id OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'claim' AND a.subject_id = m.id AND a.person_id = f.for_id AND a.step <> NEW.step AND a.undone_event_id IS NULL))
        OR f.for_id = NEW.person_id AND (m.claimed_by = f.person_id OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'claim' AND a.subject_id = m.id AND a.person_id = f.person_id AND a.step <> NEW.step AND a.undone_event_id IS NULL)))) THEN
        RAISE EXCEPTION 'who acted for another counts as one person with them' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION public.case_facet_counted() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO facet_tally (year, region, team, facet, value, cases) VALUES (NEW.year, NEW.region, NEW.team, NEW.facet, NEW.value, 1)
    ON CONFLICT (year, team, region, facet, value) DO UPDATE SET cases = facet_tally.cases + 1;
    RETURN NULL;
END
$$;
CREATE FUNCTION public.case_facet_discounted() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE facet_tally SET cases = cases - 1
    WHERE year = OLD.year AND team = OLD.team AND region = OLD.region AND facet = OLD.facet AND value = OLD.value;
    RETURN NULL;
END
$$;
CREATE FUNCTION public.case_facet_no_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'a facet of a case is taken away and another is added' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE FUNCTION public.concern_keep() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'what was done about a concern stays' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE FUNCTION public.event_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'events are only ever added' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE FUNCTION public.follow_up_keep() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'a follow-up that was recorded does not change' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE FUNCTION public.forward_commitment_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a forward commitment is never taken away';
    END IF;
    IF OLD.decided_by IS NULL AND NEW.decided_by IS NOT NULL
      AND (EXISTS (SELECT 1 FROM offer_writer w WHERE w.offer_id = NEW.offer_id AND w.person_id = NEW.decided_by)
        OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'offer' AND a.subject_id = NEW.offer_id AND a.subject_version = NEW.offer_version AND a.person_id = NEW.decided_by AND a.undone_event_id IS NULL)) THEN
        RAISE EXCEPTION 'nobody acts twice on the same money';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.ledger_entry_closed_year() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.kind NOT IN ('recovered', 'over_commitment_ended') AND NOT (NEW.kind = 'released' AND EXISTS (SELECT 1 FROM money_account f WHERE f.id = NEW.from_account AND f.state = 'committed'))
      AND EXISTS (SELECT 1 FROM money_account a JOIN budget b ON b.id = a.budget_id JOIN year_closing y ON y.team = b.team AND y.year = b.year AND y.state = 'closed'
        WHERE a.id IN (NEW.from_account, NEW.to_account) AND a.state IN ('outside', 'available', 'reserved')) THEN
        RAISE EXCEPTION 'the financial year is closed: nothing comes in or is promised in it any more';
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION public.ledger_entry_late() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.closing_id IS DISTINCT FROM (SELECT y.id FROM money_account a JOIN budget b ON b.id = a.budget_id JOIN year_closing y ON y.team = b.team AND y.year = b.year AND y.state = 'closed'
      WHERE a.id = NEW.from_account AND NOT (NEW.refers_kind = 'year closing' AND NEW.refers_id IS NOT DISTINCT FROM y.id)) THEN
        RAISE EXCEPTION 'an entry names the closing of its financial year when it is made after it, and no other one';
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION public.ledger_entry_of_budget() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO budget_entry (budget_id, entry_id, from_state, to_state, amount)
    SELECT f.budget_id, NEW.id, f.state, CASE WHEN t.budget_id = f.budget_id THEN t.state ELSE '' END, NEW.amount FROM money_account f JOIN money_account t ON t.id = NEW.to_account WHERE f.id = NEW.from_account
    UNION ALL SELECT t.budget_id, NEW.id, '', t.state, NEW.amount FROM money_account f JOIN money_account t ON t.id = NEW.to_account WHERE f.id = NEW.from_account AND t.budget_id <> f.budget_id;
    RETURN NULL;
END
$$;
CREATE FUNCTION public.ledger_entry_post() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO money_flow (from_budget, from_state, to_budget, to_state, entries)
    SELECT f.budget_id, f.state, t.budget_id, t.state, 1 FROM money_account f JOIN money_account t ON t.id = NEW.to_account WHERE f.id = NEW.from_account
    ON CONFLICT (from_budget, from_state, to_budget, to_state) DO UPDATE SET entries = money_flow.entries + 1;
    UPDATE money_account SET balance = balance - NEW.amount WHERE id = NEW.from_account;
    UPDATE money_account SET balance = balance + NEW.amount WHERE id = NEW.to_account;
    INSERT INTO budget_money (budget_id, state, balance) SELECT budget_id, state, -NEW.amount FROM money_account WHERE id = NEW.from_account
    ON CONFLICT (budget_id, state) DO UPDATE SET balance = budget_money.balance + excluded.balance;
    INSERT INTO budget_money (budget_id, state, balance) SELECT budget_id, state, NEW.amount FROM money_account WHERE id = NEW.to_account
    ON CONFLICT (budget_id, state) DO UPDATE SET balance = budget_money.balance + excluded.balance;
    INSERT INTO budget_day (budget_id, state, day, amount) SELECT budget_id, state, NEW.effective_on, -NEW.amount FROM money_account WHERE id = NEW.from_account
    ON CONFLICT (budget_id, state, day) DO UPDATE SET amount = budget_day.amount + excluded.amount;
    INSERT INTO budget_day (budget_id, state, day, amount) SELECT budget_id, state, NEW.effective_on, NEW.amount FROM money_account WHERE id = NEW.to_account
    ON CONFLICT (budget_id, state, day) DO UPDATE SET amount = budget_day.amount + excluded.amount;
    RETURN NULL;
END
$$;
CREATE FUNCTION public.ledger_entry_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'ledger entries are only ever added' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE FUNCTION public.ledger_entry_same_budget() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM 1 FROM money_account WHERE id IN (NEW.from_account, NEW.to_account) ORDER BY id FOR UPDATE;
    IF EXISTS (
        SELECT 1 FROM money_account f, money_account t
        WHERE f.id = NEW.from_account AND t.id = NEW.to_account AND f.budget_id <> t.budget_id
          AND NOT (f.state = 'available' AND t.state = 'available'))
    THEN
        RAISE EXCEPTION 'money moves between budgets only as a virement' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION public.payment_correction_keep() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'what was said of a payment is never taken away' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.state <> 'asked'
        OR (NEW.id, NEW.item_id, NEW.paid_on, NEW.shown_by, NEW.was_paid_on, NEW.back_kind, NEW.back_on, NEW.back_why, NEW.back_by, NEW.back_at, NEW.asked_by, NEW.asked_at)
        IS DISTINCT FROM (OLD.id, OLD.item_id, OLD.paid_on, OLD.shown_by, OLD.was_paid_on, OLD.back_kind, OLD.back_on, OLD.back_why, OLD.back_by, OLD.back_at, OLD.asked_by, OLD.asked_at) THEN
        RAISE EXCEPTION 'what was said of a payment is settled once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION public.payment_correction_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.state IN ('agreed', 'refused') AND EXISTS (SELECT 1 FROM payment_item i JOIN claim m ON m.id = i.claim_id WHERE i.id = NEW.item_id AND (NEW.settled_by IN (m.claimed_by, m.checked_by, m.approved_by)
        OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'claim' AND a.subject_id = m.id AND a.person_id = NEW.settled_by AND a.step <> 'release' AND a.undone_event_id IS NULL))) THEN
        RAISE EXCEPTION 'nobody acts twice on the same money' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION public.payment_item_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM payment_batch b JOIN claim m ON m.id = NEW.claim_id WHERE b.id = NEW.batch_id AND (b.released_by IN (m.claimed_by, m.checked_by, m.approved_by)
        OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'claim' AND a.subject_id = m.id AND a.person_id = b.released_by AND a.step <> 'release' AND a.undone_event_id IS NULL))) THEN
        RAISE EXCEPTION 'nobody acts twice on the same money' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION public.recovery_receipt_keep() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'what came back is only added' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE FUNCTION public.rule_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM rule_upgrade) THEN
        NULL;
    ELSIF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') THEN
        RAISE EXCEPTION 'a published rule set never changes: see docs/recipes.md, to add to the rules' USING ERRCODE = 'integrity_constraint_violation';
    ELSIF TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') THEN
        RAISE EXCEPTION 'a published rule set never changes: see docs/recipes.md, to add to the rules' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION public.rule_set_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.state = 'published' AND NOT EXISTS (SELECT 1 FROM rule_upgrade) THEN
        RAISE EXCEPTION 'a published rule set never changes: see docs/recipes.md, to add to the rules' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.state = 'published' AND OLD.state <> 'published' AND (NEW.published_by IS NULL OR NEW.published_by = NEW.drafted_by
        OR EXISTS (SELECT 1 FROM rule_set_editor WHERE rule_set_id = NEW.id AND person_id = NEW.published_by)) THEN
        RAISE EXCEPTION 'whoever drafted or edited a rule set does not publish it' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION public.rule_truncate_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'a published rule set never changes: see docs/recipes.md, to add to the rules' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE FUNCTION public.year_closing_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a closing of a year is never taken away';
    END IF;
    IF OLD.state <> 'asked' THEN
        RAISE EXCEPTION 'a closing of a year is settled once';
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION public.year_end_decision_only_added() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'a decision of the end of a year is only added';
END
$$;
CREATE FUNCTION public.year_end_decision_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM support_line l JOIN offer o ON o.id = l.offer_id WHERE l.id = OLD.line_id AND o.state IN ('draft', 'variation')) THEN
        RAISE EXCEPTION 'a decision of the end of a year is only added' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END
$$;
CREATE FUNCTION public.year_end_release_only_added() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'a release at the end of a year is only added';
END
$$;

CREATE TABLE public.acted_for (
    event_id bigint NOT NULL,
    case_id bigint NOT NULL,
    person_id bigint NOT NULL,
    for_id bigint NOT NULL,
    CONSTRAINT acted_for_check CHECK ((for_id <> person_id))
);

CREATE TABLE public.agreement (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    offer_id bigint NOT NULL,
    number bigint NOT NULL,
    body text NOT NULL COLLATE pg_catalog."C",
    sha256 text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    drafted_by bigint NOT NULL,
    drafted_at timestamp(3) with time zone NOT NULL,
    practice_person_id bigint,
    practice_name text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    practice_role text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    practice_at timestamp(3) with time zone,
    team_person_id bigint,
    team_at timestamp(3) with time zone,
    version bigint DEFAULT 1 NOT NULL,
    variation_id bigint,
    stopped_at timestamp(3) with time zone,
    stopped_why text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT agreement_body_check CHECK ((body <> ''::text)),
    CONSTRAINT agreement_check CHECK ((((practice_person_id IS NULL) = (practice_at IS NULL)) AND ((team_person_id IS NULL) = (team_at IS NULL)))),
    CONSTRAINT agreement_check1 CHECK (((state <> 'in_force'::text) OR ((practice_at IS NOT NULL) AND (team_at IS NOT NULL)))),
    CONSTRAINT agreement_number_check CHECK ((number > 0)),
    CONSTRAINT agreement_sha256_check CHECK ((length(sha256) = 64))
);

CREATE TABLE public.agreement_ending (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    agreement_id bigint NOT NULL,
    practice text COLLATE pg_catalog."C",
    by_practice smallint NOT NULL,
    reason text NOT NULL COLLATE pg_catalog."C",
    detail text NOT NULL COLLATE pg_catalog."C",
    ends_on date NOT NULL,
    given_by bigint NOT NULL,
    given_at timestamp(3) with time zone NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    settled_at timestamp(3) with time zone,
    whole smallint DEFAULT 0 NOT NULL,
    freed bigint DEFAULT 0 NOT NULL,
    CONSTRAINT agreement_ending_by_practice_check CHECK ((by_practice = ANY (ARRAY[0, 1]))),
    CONSTRAINT agreement_ending_check CHECK (((state = 'noticed'::text) = (settled_at IS NULL))),
    CONSTRAINT agreement_ending_check1 CHECK (((practice IS NULL) OR (by_practice = 1))),
    CONSTRAINT agreement_ending_detail_check CHECK ((detail <> ''::text)),
    CONSTRAINT agreement_ending_freed_check CHECK ((freed >= 0)),
    CONSTRAINT agreement_ending_whole_check CHECK ((whole = ANY (ARRAY[0, 1])))
);
ALTER TABLE public.agreement_ending ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.agreement_ending_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.agreement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.agreement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.agreement_signature (
    agreement_id bigint NOT NULL,
    practice text NOT NULL COLLATE pg_catalog."C",
    person_id bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    role text NOT NULL COLLATE pg_catalog."C",
    signed_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT agreement_signature_name_check CHECK ((name <> ''::text))
);

CREATE TABLE public.aim_reached (
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.allocation (
    id bigint NOT NULL,
    budget_id bigint NOT NULL,
    amount bigint NOT NULL,
    reason text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    requested_by bigint NOT NULL,
    requested_at timestamp(3) with time zone NOT NULL,
    settled_by bigint,
    settled_at timestamp(3) with time zone,
    settled_why text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    version bigint DEFAULT 1 NOT NULL,
    division_id bigint,
    patients bigint DEFAULT 0 NOT NULL,
    CONSTRAINT allocation_amount_check CHECK ((amount > 0)),
    CONSTRAINT allocation_check CHECK (((settled_by IS NULL) OR (settled_by <> requested_by))),
    CONSTRAINT allocation_check1 CHECK ((((settled_by IS NULL) = (settled_at IS NULL)) AND ((settled_by IS NULL) = (state = 'requested'::text)))),
    CONSTRAINT allocation_patients_check CHECK ((patients >= 0)),
    CONSTRAINT allocation_reason_check CHECK ((reason <> ''::text))
);
ALTER TABLE public.allocation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.allocation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.approval (
    id bigint NOT NULL,
    subject_kind text NOT NULL COLLATE pg_catalog."C",
    subject_id bigint NOT NULL,
    subject_version bigint NOT NULL,
    step text NOT NULL COLLATE pg_catalog."C",
    person_id bigint NOT NULL,
    amount bigint,
    approved_at timestamp(3) with time zone NOT NULL,
    event_id bigint NOT NULL,
    reaches smallint DEFAULT 1 NOT NULL,
    undone_event_id bigint,
    CONSTRAINT approval_amount_check CHECK (((amount IS NULL) OR (amount >= 0))),
    CONSTRAINT approval_reaches_check CHECK ((reaches = ANY (ARRAY[0, 1])))
);
ALTER TABLE public.approval ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.approval_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.assessment (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    number bigint NOT NULL,
    rule_set_id bigint NOT NULL,
    scope text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    scope_rationale text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    impact text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    impact_rationale text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    judged_by bigint,
    started_by bigint NOT NULL,
    started_at timestamp(3) with time zone NOT NULL,
    completed_by bigint,
    completed_at timestamp(3) with time zone,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT assessment_check CHECK (((completed_by IS NULL) = (completed_at IS NULL))),
    CONSTRAINT assessment_number_check CHECK ((number > 0))
);

CREATE TABLE public.assessment_evidence (
    assessment_id bigint NOT NULL,
    practice text NOT NULL COLLATE pg_catalog."C",
    indicator text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    as_at date NOT NULL,
    number bigint NOT NULL,
    source text NOT NULL COLLATE pg_catalog."C",
    basis text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    doubt text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    beside text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    taken_at timestamp(3) with time zone NOT NULL
);
ALTER TABLE public.assessment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.assessment_need (
    assessment_id bigint NOT NULL,
    area text NOT NULL COLLATE pg_catalog."C",
    severity text NOT NULL COLLATE pg_catalog."C",
    detail text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.assessment_rating (
    assessment_id bigint NOT NULL,
    criterion text NOT NULL COLLATE pg_catalog."C",
    practice text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    value text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    as_at date,
    source text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    instead text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    rating text NOT NULL COLLATE pg_catalog."C",
    rationale text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    entered_by bigint NOT NULL,
    entered_at timestamp(3) with time zone NOT NULL,
    unit text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    compared text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.assessment_review (
    assessment_id bigint NOT NULL,
    outcome text NOT NULL COLLATE pg_catalog."C",
    points text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    person_id bigint NOT NULL,
    reviewed_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT assessment_review_check CHECK (((outcome <> 'returned'::text) OR (points <> ''::text)))
);

CREATE TABLE public.assessment_writer (
    assessment_id bigint NOT NULL,
    person_id bigint NOT NULL
);

CREATE TABLE public.budget (
    id bigint NOT NULL,
    year bigint NOT NULL,
    team text NOT NULL COLLATE pg_catalog."C",
    source text NOT NULL COLLATE pg_catalog."C",
    region text COLLATE pg_catalog."C"
);

CREATE TABLE public.budget_change (
    id bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    from_budget bigint,
    to_budget bigint NOT NULL,
    amount bigint NOT NULL,
    reason text NOT NULL COLLATE pg_catalog."C",
    until date,
    state text NOT NULL COLLATE pg_catalog."C",
    requested_by bigint NOT NULL,
    requested_at timestamp(3) with time zone NOT NULL,
    given_by bigint,
    given_at timestamp(3) with time zone,
    taken_by bigint,
    taken_at timestamp(3) with time zone,
    refused_by bigint,
    refused_at timestamp(3) with time zone,
    refused_why text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    returned bigint DEFAULT 0 NOT NULL,
    ended_on date,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT budget_change_amount_check CHECK ((amount > 0)),
    CONSTRAINT budget_change_check CHECK (((given_by IS NULL) OR (given_by <> requested_by))),
    CONSTRAINT budget_change_check1 CHECK (((taken_by IS NULL) OR ((taken_by <> requested_by) AND ((given_by IS NULL) OR (taken_by <> given_by))))),
    CONSTRAINT budget_change_check2 CHECK (((returned >= 0) AND (returned <= amount))),
    CONSTRAINT budget_change_check3 CHECK (((from_budget IS NULL) OR (from_budget <> to_budget))),
    CONSTRAINT budget_change_check4 CHECK ((((kind = 'virement'::text) = (from_budget IS NOT NULL)) AND ((kind = 'over_commitment'::text) = (until IS NOT NULL)))),
    CONSTRAINT budget_change_check5 CHECK ((((given_by IS NULL) = (given_at IS NULL)) AND ((taken_by IS NULL) = (taken_at IS NULL)) AND ((refused_by IS NULL) = (refused_at IS NULL)))),
    CONSTRAINT budget_change_check6 CHECK ((((state = 'approved'::text) = ((given_by IS NOT NULL) AND (taken_by IS NOT NULL))) AND ((state = 'refused'::text) = (refused_by IS NOT NULL)))),
    CONSTRAINT budget_change_reason_check CHECK ((reason <> ''::text))
);
ALTER TABLE public.budget_change ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.budget_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.budget_change_kind (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.budget_day (
    budget_id bigint NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    day date NOT NULL,
    amount bigint NOT NULL
);

CREATE TABLE public.budget_entry (
    budget_id bigint NOT NULL,
    entry_id bigint NOT NULL,
    from_state text NOT NULL COLLATE pg_catalog."C",
    to_state text NOT NULL COLLATE pg_catalog."C",
    amount bigint NOT NULL
);

CREATE TABLE public.budget_holder (
    id bigint NOT NULL,
    budget_id bigint NOT NULL,
    holder text COLLATE pg_catalog."C",
    valid_from date NOT NULL,
    reason text NOT NULL COLLATE pg_catalog."C",
    person_id bigint NOT NULL,
    recorded_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT budget_holder_reason_check CHECK ((reason <> ''::text))
);
ALTER TABLE public.budget_holder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.budget_holder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.budget ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.budget_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.budget_money (
    budget_id bigint NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    balance bigint NOT NULL
);

CREATE TABLE public.case_facet (
    case_id bigint NOT NULL,
    facet text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    year bigint NOT NULL,
    region text NOT NULL COLLATE pg_catalog."C",
    team text NOT NULL COLLATE pg_catalog."C",
    referred_on date
);

CREATE TABLE public.case_help (
    case_id bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.case_note (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    audience text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL COLLATE pg_catalog."C",
    person_id bigint NOT NULL,
    created_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT case_note_body_check CHECK ((body <> ''::text))
);
ALTER TABLE public.case_note ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.case_note_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.case_number (
    year bigint NOT NULL,
    last bigint NOT NULL,
    CONSTRAINT case_number_last_check CHECK ((last > 0))
);

CREATE TABLE public.case_practice (
    case_id bigint NOT NULL,
    practice text NOT NULL COLLATE pg_catalog."C",
    lead smallint NOT NULL,
    share bigint,
    valid_from date NOT NULL,
    valid_until date,
    CONSTRAINT case_practice_lead_check CHECK ((lead = ANY (ARRAY[0, 1]))),
    CONSTRAINT case_practice_share_check CHECK (((share IS NULL) OR ((share >= 0) AND (share <= 10000))))
);

CREATE TABLE public.case_route (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.case_stage (
    case_id bigint NOT NULL,
    stage text NOT NULL COLLATE pg_catalog."C",
    days bigint DEFAULT 0 NOT NULL,
    since date,
    CONSTRAINT case_stage_days_check CHECK ((days >= 0))
);

CREATE TABLE public.case_state (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL
);

CREATE TABLE public.claim (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    line_id bigint NOT NULL,
    number bigint NOT NULL,
    reference text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    net bigint NOT NULL,
    vat bigint NOT NULL,
    gross bigint NOT NULL,
    period_from date NOT NULL,
    period_to date NOT NULL,
    detail text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    document_id bigint NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    claimed_by bigint NOT NULL,
    claimed_at timestamp(3) with time zone NOT NULL,
    checked_by bigint,
    checked_at timestamp(3) with time zone,
    approved_by bigint,
    approved_at timestamp(3) with time zone,
    returned_why text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    received_by bigint,
    received_at timestamp(3) with time zone,
    version bigint DEFAULT 1 NOT NULL,
    returned_by bigint,
    returned_at timestamp(3) with time zone,
    alike_why text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    alike_checked text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    withdrawn smallint DEFAULT 0 NOT NULL,
    cut bigint DEFAULT 0 NOT NULL,
    cut_why text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    cut_freed smallint DEFAULT 0 NOT NULL,
    cut_by bigint,
    confirm_by date,
    asked_at timestamp(3) with time zone,
    asked_back bigint DEFAULT 0 NOT NULL,
    evidence text COLLATE pg_catalog."C",
    CONSTRAINT claim_check CHECK (((gross = (net + vat)) AND (gross > 0))),
    CONSTRAINT claim_check1 CHECK ((period_to >= period_from)),
    CONSTRAINT claim_check2 CHECK (((checked_by IS NULL) OR (checked_by <> claimed_by))),
    CONSTRAINT claim_check3 CHECK (((approved_by IS NULL) OR ((approved_by <> claimed_by) AND (approved_by <> checked_by)))),
    CONSTRAINT claim_check4 CHECK (((cut >= 0) AND (cut < gross))),
    CONSTRAINT claim_check5 CHECK (((cut = 0) = (cut_why = ''::text))),
    CONSTRAINT claim_check6 CHECK (((asked_back >= 0) AND (asked_back <= (gross - cut)))),
    CONSTRAINT claim_cut_freed_check CHECK ((cut_freed = ANY (ARRAY[0, 1]))),
    CONSTRAINT claim_net_check CHECK ((net >= 0)),
    CONSTRAINT claim_number_check CHECK ((number > 0)),
    CONSTRAINT claim_vat_check CHECK ((vat >= 0)),
    CONSTRAINT claim_withdrawn_check CHECK ((withdrawn = ANY (ARRAY[0, 1])))
);

CREATE TABLE public.claim_evidence (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C"
);
ALTER TABLE public.claim ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claim_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.concern (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    number bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    severity text NOT NULL COLLATE pg_catalog."C",
    line_id bigint,
    provider_id bigint,
    words text NOT NULL COLLATE pg_catalog."C",
    wish text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    raised_by bigint NOT NULL,
    raised_at timestamp(3) with time zone NOT NULL,
    by_practice smallint NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    level text NOT NULL COLLATE pg_catalog."C",
    answer_by date,
    since timestamp(3) with time zone NOT NULL,
    CONSTRAINT concern_by_practice_check CHECK ((by_practice = ANY (ARRAY[0, 1]))),
    CONSTRAINT concern_check CHECK (((answer_by IS NULL) OR ((state = 'open'::text) AND (level = 'holder'::text)))),
    CONSTRAINT concern_words_check CHECK ((words <> ''::text))
);

CREATE TABLE public.concern_done (
    code text NOT NULL COLLATE pg_catalog."C"
);
ALTER TABLE public.concern ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.concern_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.concern_kind (
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.concern_level (
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.concern_outcome (
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.concern_severity (
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.concern_state (
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.concern_step (
    concern_id bigint NOT NULL,
    number bigint NOT NULL,
    done text NOT NULL COLLATE pg_catalog."C",
    level text NOT NULL COLLATE pg_catalog."C",
    outcome text COLLATE pg_catalog."C",
    words text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    person_id bigint,
    done_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT concern_step_check CHECK (((done = ANY (ARRAY['answered'::text, 'resolved'::text])) = (outcome IS NOT NULL))),
    CONSTRAINT concern_step_check1 CHECK ((((done = 'overdue'::text) = (person_id IS NULL)) AND ((done = 'overdue'::text) = (words = ''::text))))
);

CREATE TABLE public.decision (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    recommendation_id bigint NOT NULL,
    rule_set_id bigint NOT NULL,
    outcome text NOT NULL COLLATE pg_catalog."C",
    reasons text NOT NULL COLLATE pg_catalog."C",
    evidence text NOT NULL COLLATE pg_catalog."C",
    person_id bigint NOT NULL,
    decided_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT decision_reasons_check CHECK ((reasons <> ''::text))
);
ALTER TABLE public.decision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.decision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.decision_reason (
    decision_id bigint NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.decision_review (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    decision_id bigint NOT NULL,
    words text NOT NULL COLLATE pg_catalog."C",
    asked_by bigint NOT NULL,
    asked_at timestamp(3) with time zone NOT NULL,
    due_on date NOT NULL,
    outcome text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    reasons text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    settled_by bigint,
    settled_at timestamp(3) with time zone,
    CONSTRAINT decision_review_check CHECK ((((outcome = ''::text) = (settled_at IS NULL)) AND ((outcome = ''::text) = (settled_by IS NULL)))),
    CONSTRAINT decision_review_check1 CHECK (((outcome <> ALL (ARRAY['upheld'::text, 'changed'::text])) OR (reasons <> ''::text))),
    CONSTRAINT decision_review_words_check CHECK ((words <> ''::text))
);
ALTER TABLE public.decision_review ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.decision_review_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.dispute_outcome (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.dispute_reason (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.division (
    id bigint NOT NULL,
    year bigint NOT NULL,
    source text NOT NULL COLLATE pg_catalog."C",
    total bigint NOT NULL,
    reason text NOT NULL COLLATE pg_catalog."C",
    listed_on date NOT NULL,
    requested_by bigint NOT NULL,
    requested_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT division_reason_check CHECK ((reason <> ''::text)),
    CONSTRAINT division_total_check CHECK ((total > 0))
);
ALTER TABLE public.division ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.division_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.document (
    id bigint NOT NULL,
    sha256 text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    media_type text NOT NULL COLLATE pg_catalog."C",
    bytes bigint NOT NULL,
    scan_state text NOT NULL COLLATE pg_catalog."C",
    case_id bigint NOT NULL,
    audience text NOT NULL COLLATE pg_catalog."C",
    uploaded_by bigint NOT NULL,
    uploaded_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT document_bytes_check CHECK ((bytes > 0)),
    CONSTRAINT document_sha256_check CHECK ((length(sha256) = 64))
);
ALTER TABLE public.document ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.early_commitment (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    offer_id bigint NOT NULL,
    why text NOT NULL COLLATE pg_catalog."C",
    asked_by bigint NOT NULL,
    asked_at timestamp(3) with time zone NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    answer text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    decided_by bigint,
    decided_at timestamp(3) with time zone,
    due_on date,
    CONSTRAINT early_commitment_check CHECK (((decided_by IS NULL) OR (decided_by <> asked_by))),
    CONSTRAINT early_commitment_check1 CHECK ((((state = ANY (ARRAY['asked'::text, 'over'::text])) = (decided_by IS NULL)) AND ((state = 'asked'::text) = (decided_at IS NULL)))),
    CONSTRAINT early_commitment_check2 CHECK (((state = 'approved'::text) = (due_on IS NOT NULL))),
    CONSTRAINT early_commitment_why_check CHECK ((why <> ''::text))
);
ALTER TABLE public.early_commitment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.early_commitment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.early_commitment_state (
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.ending_reason (
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.ending_state (
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.entry_kind (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.event (
    id bigint NOT NULL,
    recorded_at timestamp(3) with time zone NOT NULL,
    holds_from timestamp(3) with time zone NOT NULL,
    person_id bigint,
    actor text NOT NULL COLLATE pg_catalog."C",
    act text NOT NULL COLLATE pg_catalog."C",
    subject_kind text NOT NULL COLLATE pg_catalog."C",
    subject_id text NOT NULL COLLATE pg_catalog."C",
    case_id bigint,
    audience text NOT NULL COLLATE pg_catalog."C",
    payload text COLLATE pg_catalog."C",
    payload_digest text NOT NULL COLLATE pg_catalog."C",
    previous_hash text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT event_hash_check CHECK ((length(hash) = 64)),
    CONSTRAINT event_payload_digest_check CHECK ((length(payload_digest) = 64)),
    CONSTRAINT event_previous_hash_check CHECK ((length(previous_hash) = 64))
);

CREATE TABLE public.event_attribute (
    code text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.event_change (
    event_id bigint NOT NULL,
    "position" bigint NOT NULL,
    attribute text NOT NULL COLLATE pg_catalog."C",
    before_value text COLLATE pg_catalog."C",
    after_value text COLLATE pg_catalog."C"
);

CREATE TABLE public.event_head (
    id bigint NOT NULL,
    event_id bigint NOT NULL,
    hash text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT event_head_hash_check CHECK ((length(hash) = 64)),
    CONSTRAINT event_head_id_check CHECK ((id = 1))
);

CREATE TABLE public.facet_tally (
    year bigint NOT NULL,
    region text NOT NULL COLLATE pg_catalog."C",
    team text NOT NULL COLLATE pg_catalog."C",
    facet text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    cases bigint NOT NULL
);

CREATE TABLE public.federation (
    id bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp(3) with time zone NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT federation_name_check CHECK ((name <> ''::text))
);
ALTER TABLE public.federation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.federation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.federation_kind (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.federation_member (
    id bigint NOT NULL,
    federation_id bigint NOT NULL,
    practice text NOT NULL COLLATE pg_catalog."C",
    valid_from date NOT NULL,
    last_day date,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT federation_member_check CHECK (((last_day IS NULL) OR (last_day >= valid_from)))
);
ALTER TABLE public.federation_member ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.federation_member_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.follow_up (
    case_id bigint NOT NULL,
    due_on date NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    barrier text COLLATE pg_catalog."C",
    why text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    result text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    recorded_by bigint,
    recorded_at timestamp(3) with time zone,
    CONSTRAINT follow_up_check CHECK (((state = 'done'::text) = (result <> ''::text))),
    CONSTRAINT follow_up_check1 CHECK ((((state = 'not_possible'::text) = (barrier IS NOT NULL)) AND ((barrier IS NULL) = (why = ''::text)))),
    CONSTRAINT follow_up_check2 CHECK ((((state = ANY (ARRAY['done'::text, 'not_possible'::text])) = (recorded_by IS NOT NULL)) AND ((recorded_by IS NULL) = (recorded_at IS NULL))))
);

CREATE TABLE public.follow_up_aim (
    case_id bigint NOT NULL,
    need text NOT NULL COLLATE pg_catalog."C",
    reached text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT follow_up_aim_need_check CHECK ((need <> ''::text))
);

CREATE TABLE public.follow_up_barrier (
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.follow_up_state (
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.forward_commitment (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    offer_id bigint NOT NULL,
    offer_version bigint NOT NULL,
    budget_id bigint NOT NULL,
    amount bigint NOT NULL,
    why text NOT NULL COLLATE pg_catalog."C",
    asked_by bigint NOT NULL,
    asked_at timestamp(3) with time zone NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    answer text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    decided_by bigint,
    decided_at timestamp(3) with time zone,
    short_at timestamp(3) with time zone,
    met_at timestamp(3) with time zone,
    replaces bigint DEFAULT 0 NOT NULL,
    CONSTRAINT forward_commitment_amount_check CHECK ((amount > 0)),
    CONSTRAINT forward_commitment_check CHECK (((decided_by IS NULL) OR (decided_by <> asked_by))),
    CONSTRAINT forward_commitment_check1 CHECK (((decided_by IS NULL) = (decided_at IS NULL))),
    CONSTRAINT forward_commitment_check2 CHECK (((state <> ALL (ARRAY['authorised'::text, 'refused'::text, 'met'::text])) OR (decided_by IS NOT NULL))),
    CONSTRAINT forward_commitment_check3 CHECK (((state <> 'asked'::text) OR (decided_by IS NULL))),
    CONSTRAINT forward_commitment_check4 CHECK ((((state = 'refused'::text) <= (answer <> ''::text)) AND ((state = 'met'::text) = (met_at IS NOT NULL)))),
    CONSTRAINT forward_commitment_replaces_check CHECK ((replaces >= 0)),
    CONSTRAINT forward_commitment_why_check CHECK ((why <> ''::text))
);
ALTER TABLE public.forward_commitment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forward_commitment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forward_state (
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.funding_source (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.high_impact_action (
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.indicator (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    file text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.indicator_benchmark (
    indicator text NOT NULL COLLATE pg_catalog."C",
    as_at date NOT NULL,
    level text NOT NULL COLLATE pg_catalog."C",
    organisation text NOT NULL COLLATE pg_catalog."C",
    practices bigint NOT NULL,
    lower bigint NOT NULL,
    median bigint NOT NULL,
    upper bigint NOT NULL,
    CONSTRAINT indicator_benchmark_check CHECK ((median >= lower)),
    CONSTRAINT indicator_benchmark_check1 CHECK ((upper >= median)),
    CONSTRAINT indicator_benchmark_level_check CHECK ((level <> ''::text)),
    CONSTRAINT indicator_benchmark_practices_check CHECK ((practices >= 0))
);

CREATE TABLE public.information_request (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    question text NOT NULL COLLATE pg_catalog."C",
    due_on date NOT NULL,
    asked_by bigint NOT NULL,
    asked_at timestamp(3) with time zone NOT NULL,
    answer text COLLATE pg_catalog."C",
    answered_by bigint,
    answered_at timestamp(3) with time zone,
    CONSTRAINT information_request_check CHECK ((((answer IS NULL) = (answered_by IS NULL)) AND ((answer IS NULL) = (answered_at IS NULL)))),
    CONSTRAINT information_request_question_check CHECK ((question <> ''::text))
);
ALTER TABLE public.information_request ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.information_request_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.interest (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    subject text NOT NULL COLLATE pg_catalog."C",
    subject_id text NOT NULL COLLATE pg_catalog."C",
    nature text NOT NULL COLLATE pg_catalog."C",
    valid_from date NOT NULL,
    valid_until date,
    event_id bigint NOT NULL
);
ALTER TABLE public.interest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.interest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.job (
    id bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    payload text NOT NULL COLLATE pg_catalog."C",
    unique_key text COLLATE pg_catalog."C",
    due_at timestamp(3) with time zone NOT NULL,
    attempts bigint DEFAULT 0 NOT NULL,
    claimed_until timestamp(3) with time zone,
    claimed_by text COLLATE pg_catalog."C",
    done_at timestamp(3) with time zone,
    error text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);
ALTER TABLE public.job ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.job_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.kept_form (
    token_hash text NOT NULL COLLATE pg_catalog."C",
    person_id bigint NOT NULL,
    path text NOT NULL COLLATE pg_catalog."C",
    fields text NOT NULL COLLATE pg_catalog."C",
    kept_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT kept_form_token_hash_check CHECK ((length(token_hash) = 64))
);

CREATE TABLE public.leave_cover (
    id bigint NOT NULL,
    place text NOT NULL COLLATE pg_catalog."C",
    person_id bigint NOT NULL,
    stand_in_id bigint NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    reason text NOT NULL COLLATE pg_catalog."C",
    arranged_by bigint,
    arranged_at timestamp(3) with time zone NOT NULL,
    withdrawn_at timestamp(3) with time zone,
    CONSTRAINT leave_cover_check CHECK ((stand_in_id <> person_id)),
    CONSTRAINT leave_cover_check1 CHECK ((last_day >= first_day)),
    CONSTRAINT leave_cover_check2 CHECK (((arranged_by IS NULL) OR (arranged_by <> stand_in_id) OR (arranged_by = person_id))),
    CONSTRAINT leave_cover_reason_check CHECK ((reason <> ''::text))
);
ALTER TABLE public.leave_cover ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.leave_cover_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ledger_entry (
    id bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    from_account bigint NOT NULL,
    to_account bigint NOT NULL,
    amount bigint NOT NULL,
    effective_on date NOT NULL,
    posted_at timestamp(3) with time zone NOT NULL,
    case_id bigint,
    practice text COLLATE pg_catalog."C",
    refers_kind text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    refers_id bigint,
    person_id bigint,
    event_id bigint NOT NULL,
    closing_id bigint,
    CONSTRAINT ledger_entry_amount_check CHECK ((amount > 0)),
    CONSTRAINT ledger_entry_check CHECK ((to_account <> from_account))
);
ALTER TABLE public.ledger_entry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.letter (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    number bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    about_id bigint NOT NULL,
    title text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL COLLATE pg_catalog."C",
    drafted_by bigint NOT NULL,
    drafted_at timestamp(3) with time zone NOT NULL,
    channel text COLLATE pg_catalog."C",
    sent_by bigint,
    sent_at timestamp(3) with time zone,
    posted_on date,
    CONSTRAINT letter_body_check CHECK ((body <> ''::text)),
    CONSTRAINT letter_check CHECK ((((channel IS NULL) = (sent_at IS NULL)) AND ((channel IS NULL) = (sent_by IS NULL)))),
    CONSTRAINT letter_check1 CHECK (((posted_on IS NOT NULL) = ((channel IS NOT NULL) AND (channel = 'post'::text)))),
    CONSTRAINT letter_number_check CHECK ((number > 0))
);
ALTER TABLE public.letter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.letter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.line_unit (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.list_size (
    practice text NOT NULL COLLATE pg_catalog."C",
    as_at date NOT NULL,
    patients bigint NOT NULL,
    import_id bigint NOT NULL,
    CONSTRAINT list_size_patients_check CHECK ((patients >= 0))
);

CREATE TABLE public.milestone (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    number bigint NOT NULL,
    what text NOT NULL COLLATE pg_catalog."C",
    owner text NOT NULL COLLATE pg_catalog."C",
    action text COLLATE pg_catalog."C",
    due_on date NOT NULL,
    state text DEFAULT 'open'::text NOT NULL COLLATE pg_catalog."C",
    added_by bigint NOT NULL,
    added_at timestamp(3) with time zone NOT NULL,
    done_on date,
    dropped text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    settled_by bigint,
    settled_at timestamp(3) with time zone,
    CONSTRAINT milestone_check CHECK (((state = 'done'::text) = (done_on IS NOT NULL))),
    CONSTRAINT milestone_check1 CHECK (((state = 'dropped'::text) = (dropped <> ''::text))),
    CONSTRAINT milestone_check2 CHECK (((state = 'open'::text) = (settled_by IS NULL))),
    CONSTRAINT milestone_check3 CHECK (((settled_by IS NULL) = (settled_at IS NULL))),
    CONSTRAINT milestone_number_check CHECK ((number > 0)),
    CONSTRAINT milestone_what_check CHECK ((what <> ''::text))
);
ALTER TABLE public.milestone ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.milestone_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.milestone_move (
    milestone_id bigint NOT NULL,
    number bigint NOT NULL,
    from_day date NOT NULL,
    to_day date NOT NULL,
    reason text NOT NULL COLLATE pg_catalog."C",
    moved_by bigint NOT NULL,
    moved_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT milestone_move_check CHECK ((from_day <> to_day)),
    CONSTRAINT milestone_move_number_check CHECK ((number > 0)),
    CONSTRAINT milestone_move_reason_check CHECK ((reason <> ''::text))
);

CREATE TABLE public.milestone_owner (
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.milestone_state (
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.money_account (
    id bigint NOT NULL,
    budget_id bigint NOT NULL,
    line_id bigint DEFAULT 0 NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    floor bigint,
    balance bigint DEFAULT 0 NOT NULL,
    CONSTRAINT money_account_check CHECK (((floor IS NULL) OR (balance >= floor))),
    CONSTRAINT money_account_check1 CHECK (((state = 'outside'::text) = (floor IS NULL))),
    CONSTRAINT money_account_floor_check CHECK (((floor IS NULL) OR (floor = 0)))
);
ALTER TABLE public.money_account ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.money_account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.money_flow (
    from_budget bigint NOT NULL,
    from_state text NOT NULL COLLATE pg_catalog."C",
    to_budget bigint NOT NULL,
    to_state text NOT NULL COLLATE pg_catalog."C",
    entries bigint NOT NULL
);

CREATE TABLE public.money_state (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    floor bigint,
    CONSTRAINT money_state_floor_check CHECK (((floor IS NULL) OR (floor = 0)))
);

CREATE TABLE public.offer (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    number bigint NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    conditions text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    practice_time text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    drafted_by bigint NOT NULL,
    drafted_at timestamp(3) with time zone NOT NULL,
    approved_by bigint,
    approved_at timestamp(3) with time zone,
    sent_at timestamp(3) with time zone,
    expires_on date,
    answered_by bigint,
    answered_at timestamp(3) with time zone,
    answer_reason text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    version bigint DEFAULT 1 NOT NULL,
    remind_on date,
    reminded_at timestamp(3) with time zone,
    varies_id bigint,
    why text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT offer_check CHECK (((approved_by IS NULL) OR (approved_by <> drafted_by))),
    CONSTRAINT offer_number_check CHECK ((number > 0))
);

CREATE TABLE public.offer_answer (
    offer_id bigint NOT NULL,
    practice text NOT NULL COLLATE pg_catalog."C",
    accepted smallint NOT NULL,
    reason text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    person_id bigint,
    answered_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT offer_answer_accepted_check CHECK ((accepted = ANY (ARRAY[0, 1]))),
    CONSTRAINT offer_answer_check CHECK (((accepted = 0) OR (person_id IS NOT NULL)))
);
ALTER TABLE public.offer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.offer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.offer_question (
    id bigint NOT NULL,
    offer_id bigint NOT NULL,
    question text NOT NULL COLLATE pg_catalog."C",
    asked_by bigint NOT NULL,
    asked_at timestamp(3) with time zone NOT NULL,
    answer text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    answered_by bigint,
    answered_at timestamp(3) with time zone,
    CONSTRAINT offer_question_check CHECK ((((answered_by IS NULL) = (answered_at IS NULL)) AND ((answered_by IS NULL) = (answer = ''::text)))),
    CONSTRAINT offer_question_question_check CHECK ((question <> ''::text))
);
ALTER TABLE public.offer_question ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.offer_question_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.offer_writer (
    offer_id bigint NOT NULL,
    person_id bigint NOT NULL,
    written_at timestamp(3) with time zone NOT NULL
);

CREATE TABLE public.organisation (
    code text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    stub smallint NOT NULL,
    first_as_at date,
    last_seen date,
    name text NOT NULL COLLATE pg_catalog."C",
    status text COLLATE pg_catalog."C",
    gp_practice smallint,
    active_gp smallint NOT NULL,
    region text COLLATE pg_catalog."C",
    area text COLLATE pg_catalog."C",
    commissioner text COLLATE pg_catalog."C",
    address text COLLATE pg_catalog."C",
    postcode text COLLATE pg_catalog."C",
    postcode_key text COLLATE pg_catalog."C",
    telephone text COLLATE pg_catalog."C",
    opened_on date,
    closed_on date,
    CONSTRAINT organisation_active_gp_check CHECK ((active_gp = ANY (ARRAY[0, 1]))),
    CONSTRAINT organisation_address_check CHECK ((address <> ''::text)),
    CONSTRAINT organisation_check CHECK (((stub = 1) OR (first_as_at IS NOT NULL))),
    CONSTRAINT organisation_code_check CHECK ((code <> ''::text)),
    CONSTRAINT organisation_gp_practice_check CHECK ((gp_practice = ANY (ARRAY[0, 1]))),
    CONSTRAINT organisation_name_check CHECK ((name <> ''::text)),
    CONSTRAINT organisation_postcode_check CHECK ((postcode <> ''::text)),
    CONSTRAINT organisation_postcode_key_check CHECK ((postcode_key <> ''::text)),
    CONSTRAINT organisation_status_check CHECK ((status <> ''::text)),
    CONSTRAINT organisation_stub_check CHECK ((stub = ANY (ARRAY[0, 1]))),
    CONSTRAINT organisation_telephone_check CHECK ((telephone <> ''::text))
);

CREATE TABLE public.organisation_attribute (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    refers smallint NOT NULL,
    CONSTRAINT organisation_attribute_refers_check CHECK ((refers = ANY (ARRAY[0, 1])))
);

CREATE TABLE public.organisation_kind (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.organisation_period (
    organisation text NOT NULL COLLATE pg_catalog."C",
    attribute text NOT NULL COLLATE pg_catalog."C",
    valid_from date NOT NULL,
    valid_until date,
    last_seen date NOT NULL,
    value text COLLATE pg_catalog."C",
    parent text COLLATE pg_catalog."C",
    import_id bigint NOT NULL,
    CONSTRAINT organisation_period_check CHECK ((valid_until > valid_from)),
    CONSTRAINT organisation_period_check1 CHECK ((last_seen >= valid_from)),
    CONSTRAINT organisation_period_check2 CHECK (((value IS NULL) OR (parent IS NULL))),
    CONSTRAINT organisation_period_check3 CHECK (((valid_until IS NULL) OR (last_seen < valid_until))),
    CONSTRAINT organisation_period_value_check CHECK ((value <> ''::text))
);

CREATE TABLE public.organisation_successor (
    predecessor text NOT NULL COLLATE pg_catalog."C",
    successor text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    valid_from date NOT NULL,
    CONSTRAINT organisation_successor_check CHECK ((predecessor <> successor))
);

CREATE TABLE public.payment_back (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.payment_batch (
    id bigint NOT NULL,
    team text NOT NULL COLLATE pg_catalog."C",
    number bigint NOT NULL,
    items bigint NOT NULL,
    total bigint NOT NULL,
    sha256 text NOT NULL COLLATE pg_catalog."C",
    released_by bigint NOT NULL,
    released_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT payment_batch_items_check CHECK ((items > 0)),
    CONSTRAINT payment_batch_number_check CHECK ((number > 0)),
    CONSTRAINT payment_batch_sha256_check CHECK ((length(sha256) = 64)),
    CONSTRAINT payment_batch_total_check CHECK ((total > 0))
);
ALTER TABLE public.payment_batch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.payment_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.payment_correction (
    id bigint NOT NULL,
    item_id bigint NOT NULL,
    paid_on date NOT NULL,
    shown_by text NOT NULL COLLATE pg_catalog."C",
    was_paid_on date,
    back_kind text NOT NULL COLLATE pg_catalog."C",
    back_on date NOT NULL,
    back_why text NOT NULL COLLATE pg_catalog."C",
    back_by bigint NOT NULL,
    back_at timestamp(3) with time zone NOT NULL,
    asked_by bigint NOT NULL,
    asked_at timestamp(3) with time zone NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    settled_by bigint,
    settled_at timestamp(3) with time zone,
    reason text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT payment_correction_check CHECK (((state <> ALL (ARRAY['agreed'::text, 'refused'::text])) OR (settled_by <> asked_by))),
    CONSTRAINT payment_correction_check1 CHECK ((((state = 'asked'::text) = (settled_by IS NULL)) AND ((settled_by IS NULL) = (settled_at IS NULL)) AND ((state = 'refused'::text) = (reason <> ''::text)))),
    CONSTRAINT payment_correction_shown_by_check CHECK ((shown_by <> ''::text))
);
ALTER TABLE public.payment_correction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.payment_correction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.payment_correction_state (
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.payment_download (
    id bigint NOT NULL,
    batch_id bigint NOT NULL,
    format text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL COLLATE pg_catalog."C",
    person_id bigint NOT NULL,
    downloaded_at timestamp(3) with time zone NOT NULL,
    event_id bigint NOT NULL
);
ALTER TABLE public.payment_download ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.payment_download_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.payment_file_format (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.payment_item (
    id bigint NOT NULL,
    batch_id bigint NOT NULL,
    "position" bigint NOT NULL,
    claim_id bigint NOT NULL,
    amount bigint NOT NULL,
    payee text NOT NULL COLLATE pg_catalog."C",
    payee_code text NOT NULL COLLATE pg_catalog."C",
    paid_on date,
    recorded_by bigint,
    recorded_at timestamp(3) with time zone,
    back_kind text COLLATE pg_catalog."C",
    back_on date,
    back_why text COLLATE pg_catalog."C",
    back_by bigint,
    back_at timestamp(3) with time zone,
    CONSTRAINT payment_item_amount_check CHECK ((amount > 0)),
    CONSTRAINT payment_item_check CHECK ((((paid_on IS NULL) = (recorded_by IS NULL)) AND ((paid_on IS NULL) = (recorded_at IS NULL)))),
    CONSTRAINT payment_item_check1 CHECK ((((back_kind IS NULL) = (back_on IS NULL)) AND ((back_kind IS NULL) = (back_why IS NULL)) AND ((back_kind IS NULL) = (back_by IS NULL)) AND ((back_kind IS NULL) = (back_at IS NULL))))
);
ALTER TABLE public.payment_item ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.payment_item_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.person (
    id bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    email text NOT NULL COLLATE pg_catalog."C",
    telephone text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    password_hash text NOT NULL COLLATE pg_catalog."C",
    password_set smallint DEFAULT 0 NOT NULL,
    active smallint DEFAULT 1 NOT NULL,
    created_at timestamp(3) with time zone NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT person_active_check CHECK ((active = ANY (ARRAY[0, 1]))),
    CONSTRAINT person_email_check CHECK (((email = lower(email)) AND (email <> ''::text))),
    CONSTRAINT person_name_check CHECK ((name <> ''::text)),
    CONSTRAINT person_password_set_check CHECK ((password_set = ANY (ARRAY[0, 1])))
);
ALTER TABLE public.person ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.practice_indicator (
    practice text NOT NULL COLLATE pg_catalog."C",
    indicator text NOT NULL COLLATE pg_catalog."C",
    as_at date NOT NULL,
    words text COLLATE pg_catalog."C",
    number bigint,
    import_id bigint NOT NULL,
    CONSTRAINT practice_indicator_check CHECK (((words IS NULL) <> (number IS NULL))),
    CONSTRAINT practice_indicator_number_check CHECK ((number >= 0)),
    CONSTRAINT practice_indicator_words_check CHECK ((words <> ''::text))
);

CREATE TABLE public.practice_word (
    word text NOT NULL COLLATE pg_catalog."C",
    practice text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.progress_line (
    report_id bigint NOT NULL,
    line_id bigint NOT NULL,
    halves bigint NOT NULL,
    slipped text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT progress_line_halves_check CHECK ((halves >= 0))
);

CREATE TABLE public.progress_rating (
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.progress_report (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    number bigint NOT NULL,
    rating text NOT NULL COLLATE pg_catalog."C",
    detail text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    provider_id bigint,
    written_by bigint NOT NULL,
    written_at timestamp(3) with time zone NOT NULL,
    read_by bigint,
    read_at timestamp(3) with time zone,
    CONSTRAINT progress_report_check CHECK (((rating = 'green'::text) OR (detail <> ''::text))),
    CONSTRAINT progress_report_check1 CHECK (((read_by IS NULL) = (read_at IS NULL))),
    CONSTRAINT progress_report_number_check CHECK ((number > 0))
);
ALTER TABLE public.progress_report ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.progress_report_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.provider (
    id bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    contact text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    email text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    telephone text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    active smallint DEFAULT 1 NOT NULL,
    created_at timestamp(3) with time zone NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    interests text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT provider_active_check CHECK ((active = ANY (ARRAY[0, 1]))),
    CONSTRAINT provider_name_check CHECK ((name <> ''::text))
);

CREATE TABLE public.provider_area (
    provider_id bigint NOT NULL,
    area text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.provider_capacity (
    provider_id bigint NOT NULL,
    month date NOT NULL,
    half_days bigint NOT NULL,
    CONSTRAINT provider_capacity_half_days_check CHECK ((half_days >= 0))
);
ALTER TABLE public.provider ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.provider_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.provider_skill (
    provider_id bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    code text NOT NULL COLLATE pg_catalog."C",
    day_rate bigint DEFAULT 0 NOT NULL,
    CONSTRAINT provider_skill_day_rate_check CHECK ((day_rate >= 0)),
    CONSTRAINT provider_skill_kind_check CHECK ((kind = ANY (ARRAY['menu'::text, 'need'::text])))
);

CREATE TABLE public.receipt_dispute (
    id bigint NOT NULL,
    claim_id bigint NOT NULL,
    reason text NOT NULL COLLATE pg_catalog."C",
    words text NOT NULL COLLATE pg_catalog."C",
    raised_by bigint NOT NULL,
    raised_at timestamp(3) with time zone NOT NULL,
    outcome text COLLATE pg_catalog."C",
    answer text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    answered_by bigint,
    answered_at timestamp(3) with time zone,
    CONSTRAINT receipt_dispute_check CHECK ((((outcome IS NULL) = (answered_by IS NULL)) AND ((outcome IS NULL) = (answered_at IS NULL)) AND ((outcome IS NULL) = (answer = ''::text)))),
    CONSTRAINT receipt_dispute_words_check CHECK ((words <> ''::text))
);
ALTER TABLE public.receipt_dispute ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.receipt_dispute_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.recommendation (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    assessment_id bigint NOT NULL,
    outcome text NOT NULL COLLATE pg_catalog."C",
    reasons text NOT NULL COLLATE pg_catalog."C",
    person_id bigint NOT NULL,
    recommended_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT recommendation_reasons_check CHECK ((reasons <> ''::text))
);
ALTER TABLE public.recommendation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.recommendation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.recovery (
    id bigint NOT NULL,
    claim_id bigint NOT NULL,
    number bigint NOT NULL,
    reason text NOT NULL COLLATE pg_catalog."C",
    words text NOT NULL COLLATE pg_catalog."C",
    amount bigint NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    received bigint DEFAULT 0 NOT NULL,
    waived bigint DEFAULT 0 NOT NULL,
    raised_by bigint NOT NULL,
    raised_at timestamp(3) with time zone NOT NULL,
    decided_by bigint,
    decided_at timestamp(3) with time zone,
    why text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    waived_by bigint,
    waived_at timestamp(3) with time zone,
    waived_why text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    due_on date,
    reminded_on date,
    version bigint DEFAULT 1 NOT NULL,
    proposed text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    proposed_count bigint DEFAULT 0 NOT NULL,
    proposed_first date,
    proposed_why text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    proposed_by bigint,
    proposed_at timestamp(3) with time zone,
    first_by bigint,
    CONSTRAINT recovery_amount_check CHECK ((amount > 0)),
    CONSTRAINT recovery_check CHECK (((decided_by IS NULL) OR (decided_by <> raised_by))),
    CONSTRAINT recovery_check1 CHECK (((waived_by IS NULL) OR (waived_by <> raised_by))),
    CONSTRAINT recovery_check2 CHECK (((received + waived) <= amount)),
    CONSTRAINT recovery_check3 CHECK ((((decided_by IS NULL) = (decided_at IS NULL)) AND ((state = 'raised'::text) = (decided_by IS NULL)))),
    CONSTRAINT recovery_check4 CHECK ((((waived = 0) = (waived_by IS NULL)) AND ((waived = 0) = (waived_at IS NULL)))),
    CONSTRAINT recovery_check5 CHECK (((state = ANY (ARRAY['recovered'::text, 'waived'::text])) = ((received + waived) = amount))),
    CONSTRAINT recovery_check6 CHECK (((proposed_by IS NULL) OR (proposed_by <> raised_by))),
    CONSTRAINT recovery_check7 CHECK (((first_by IS NULL) OR ((first_by <> raised_by) AND (first_by <> decided_by)))),
    CONSTRAINT recovery_proposed_check CHECK ((proposed = ANY (ARRAY[''::text, 'recover'::text, 'waive'::text]))),
    CONSTRAINT recovery_received_check CHECK ((received >= 0)),
    CONSTRAINT recovery_waived_check CHECK ((waived >= 0)),
    CONSTRAINT recovery_words_check CHECK ((words <> ''::text))
);
ALTER TABLE public.recovery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.recovery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.recovery_instalment (
    recovery_id bigint NOT NULL,
    "position" bigint NOT NULL,
    due_on date NOT NULL,
    amount bigint NOT NULL,
    CONSTRAINT recovery_instalment_amount_check CHECK ((amount > 0))
);

CREATE TABLE public.recovery_reason (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.recovery_receipt (
    id bigint NOT NULL,
    recovery_id bigint NOT NULL,
    amount bigint NOT NULL,
    received_on date NOT NULL,
    freed smallint NOT NULL,
    recorded_by bigint NOT NULL,
    recorded_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT recovery_receipt_amount_check CHECK ((amount > 0)),
    CONSTRAINT recovery_receipt_freed_check CHECK ((freed = ANY (ARRAY[0, 1])))
);
ALTER TABLE public.recovery_receipt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.recovery_receipt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.recovery_state (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.register_file_kind (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.register_import (
    id bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    layout text NOT NULL COLLATE pg_catalog."C",
    file_name text NOT NULL COLLATE pg_catalog."C",
    sha256 text NOT NULL COLLATE pg_catalog."C",
    as_at date NOT NULL,
    imported_at timestamp(3) with time zone NOT NULL,
    person_id bigint,
    rows_read bigint NOT NULL,
    rows_refused bigint NOT NULL,
    report text DEFAULT '{}'::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT register_import_rows_read_check CHECK ((rows_read >= 0)),
    CONSTRAINT register_import_rows_refused_check CHECK ((rows_refused >= 0)),
    CONSTRAINT register_import_sha256_check CHECK ((length(sha256) = 64))
);
ALTER TABLE public.register_import ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.register_import_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.remittance (
    id bigint NOT NULL,
    batch_id bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    sha256 text NOT NULL COLLATE pg_catalog."C",
    reference text NOT NULL COLLATE pg_catalog."C",
    made_on date NOT NULL,
    items bigint NOT NULL,
    total bigint NOT NULL,
    imported_by bigint NOT NULL,
    imported_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT remittance_items_check CHECK ((items > 0)),
    CONSTRAINT remittance_sha256_check CHECK ((length(sha256) = 64)),
    CONSTRAINT remittance_total_check CHECK ((total > 0))
);
ALTER TABLE public.remittance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.remittance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.remittance_line (
    remittance_id bigint NOT NULL,
    item_id bigint NOT NULL,
    "position" bigint NOT NULL,
    outcome text NOT NULL COLLATE pg_catalog."C",
    happened_on date NOT NULL,
    reason text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    note text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT remittance_line_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'recorded'::text, 'agrees'::text, 'differs'::text])))
);

CREATE TABLE public.reserve_entry (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    team text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    priority bigint NOT NULL,
    entered_on date NOT NULL,
    review_on date NOT NULL,
    left_on date,
    left_how text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT reserve_entry_check CHECK (((left_on IS NULL) = (left_how = ''::text))),
    CONSTRAINT reserve_entry_position_check CHECK (("position" > 0)),
    CONSTRAINT reserve_entry_priority_check CHECK ((priority > 0))
);
ALTER TABLE public.reserve_entry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reserve_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reserve_move (
    id bigint NOT NULL,
    entry_id bigint NOT NULL,
    team text NOT NULL COLLATE pg_catalog."C",
    from_position bigint NOT NULL,
    to_position bigint NOT NULL,
    reason text NOT NULL COLLATE pg_catalog."C",
    person_id bigint NOT NULL,
    moved_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT reserve_move_check CHECK (((to_position > 0) AND (to_position <> from_position))),
    CONSTRAINT reserve_move_from_position_check CHECK ((from_position > 0)),
    CONSTRAINT reserve_move_reason_check CHECK ((reason <> ''::text))
);
ALTER TABLE public.reserve_move ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reserve_move_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.role (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    place text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.role_assignment (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    role text NOT NULL COLLATE pg_catalog."C",
    organisation text COLLATE pg_catalog."C",
    valid_from date NOT NULL,
    valid_until date,
    CONSTRAINT role_assignment_check CHECK (((valid_until IS NULL) OR (valid_until >= valid_from)))
);
ALTER TABLE public.role_assignment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.role_assignment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.rule_claim_target (
    rule_set_id bigint NOT NULL,
    step text NOT NULL COLLATE pg_catalog."C",
    working_days bigint NOT NULL,
    local smallint NOT NULL,
    source text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT rule_claim_target_local_check CHECK ((local = ANY (ARRAY[0, 1]))),
    CONSTRAINT rule_claim_target_working_days_check CHECK ((working_days > 0))
);

CREATE TABLE public.rule_criterion (
    rule_set_id bigint NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    domain text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    threshold text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    subjective smallint NOT NULL,
    weight bigint DEFAULT 0 NOT NULL,
    "position" bigint NOT NULL,
    local smallint NOT NULL,
    source text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    unit text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT rule_criterion_local_check CHECK ((local = ANY (ARRAY[0, 1]))),
    CONSTRAINT rule_criterion_subjective_check CHECK ((subjective = ANY (ARRAY[0, 1])))
);

CREATE TABLE public.rule_domain (
    rule_set_id bigint NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    local smallint NOT NULL,
    source text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT rule_domain_local_check CHECK ((local = ANY (ARRAY[0, 1])))
);

CREATE TABLE public.rule_limit (
    rule_set_id bigint NOT NULL,
    step text NOT NULL COLLATE pg_catalog."C",
    role text NOT NULL COLLATE pg_catalog."C",
    team text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    pence bigint NOT NULL,
    local smallint NOT NULL,
    source text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT rule_limit_local_check CHECK ((local = ANY (ARRAY[0, 1]))),
    CONSTRAINT rule_limit_pence_check CHECK ((pence >= 0))
);

CREATE TABLE public.rule_matrix_cell (
    rule_set_id bigint NOT NULL,
    scope text NOT NULL COLLATE pg_catalog."C",
    impact text NOT NULL COLLATE pg_catalog."C",
    priority bigint NOT NULL,
    local smallint NOT NULL,
    source text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT rule_matrix_cell_local_check CHECK ((local = ANY (ARRAY[0, 1])))
);

CREATE TABLE public.rule_menu_item (
    rule_set_id bigint NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    hint text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    local smallint NOT NULL,
    source text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT rule_menu_item_local_check CHECK ((local = ANY (ARRAY[0, 1])))
);

CREATE TABLE public.rule_need_area (
    rule_set_id bigint NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    hint text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    local smallint NOT NULL,
    source text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT rule_need_area_local_check CHECK ((local = ANY (ARRAY[0, 1])))
);

CREATE TABLE public.rule_rating (
    rule_set_id bigint NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    hint text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    local smallint NOT NULL,
    source text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT rule_rating_local_check CHECK ((local = ANY (ARRAY[0, 1])))
);

CREATE TABLE public.rule_set (
    id bigint NOT NULL,
    year bigint NOT NULL,
    version bigint NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    drafted_by bigint,
    published_by bigint,
    published_at timestamp(3) with time zone,
    copied_from bigint,
    reason text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    drafted_at timestamp(3) with time zone
);

CREATE TABLE public.rule_set_editor (
    rule_set_id bigint NOT NULL,
    person_id bigint NOT NULL
);
ALTER TABLE public.rule_set ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rule_set_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.rule_setting (
    rule_set_id bigint NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    unit text NOT NULL COLLATE pg_catalog."C",
    value bigint NOT NULL,
    "position" bigint NOT NULL,
    local smallint NOT NULL,
    source text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT rule_setting_local_check CHECK ((local = ANY (ARRAY[0, 1]))),
    CONSTRAINT rule_setting_value_check CHECK ((value >= 0))
);

CREATE TABLE public.rule_target (
    rule_set_id bigint NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    working_days bigint NOT NULL,
    local smallint NOT NULL,
    source text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT rule_target_local_check CHECK ((local = ANY (ARRAY[0, 1]))),
    CONSTRAINT rule_target_working_days_check CHECK ((working_days > 0))
);

CREATE TABLE public.rule_template (
    rule_set_id bigint NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL COLLATE pg_catalog."C",
    local smallint NOT NULL,
    source text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT rule_template_local_check CHECK ((local = ANY (ARRAY[0, 1])))
);

CREATE TABLE public.rule_upgrade (
    migration text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.session (
    token_hash text NOT NULL COLLATE pg_catalog."C",
    person_id bigint NOT NULL,
    created_at timestamp(3) with time zone NOT NULL,
    seen_at timestamp(3) with time zone NOT NULL,
    expires_at timestamp(3) with time zone NOT NULL,
    device text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    cover_id bigint,
    CONSTRAINT session_token_hash_check CHECK ((length(token_hash) = 64))
);

CREATE TABLE public.sign_in_failure (
    key_hash text NOT NULL COLLATE pg_catalog."C",
    failures bigint NOT NULL,
    last_at timestamp(3) with time zone NOT NULL,
    blocked_until timestamp(3) with time zone NOT NULL,
    CONSTRAINT sign_in_failure_failures_check CHECK ((failures > 0)),
    CONSTRAINT sign_in_failure_key_hash_check CHECK ((length(key_hash) = 64))
);

CREATE TABLE public.submission (
    token_hash text NOT NULL COLLATE pg_catalog."C",
    person_id bigint NOT NULL,
    result text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT submission_token_hash_check CHECK ((length(token_hash) = 64))
);

CREATE TABLE public.successor_kind (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.support_case (
    id bigint NOT NULL,
    reference text COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    route text NOT NULL COLLATE pg_catalog."C",
    team text COLLATE pg_catalog."C",
    region text COLLATE pg_catalog."C",
    rule_set_id bigint,
    assignee_id bigint,
    created_by bigint NOT NULL,
    created_at timestamp(3) with time zone NOT NULL,
    referred_on date,
    acknowledged_on date,
    practice_told_at timestamp(3) with time zone,
    problem text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    success text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    estimated_cost bigint,
    cost_detail text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    hold_reason text COLLATE pg_catalog."C",
    hold_review_on date,
    information_id bigint,
    ended_reason text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    version bigint DEFAULT 1 NOT NULL,
    outcome text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    scope text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    impact text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT support_case_check CHECK ((((state = 'draft'::text) = (reference IS NULL)) OR (state = 'withdrawn'::text))),
    CONSTRAINT support_case_check1 CHECK (((reference IS NULL) OR ((team IS NOT NULL) AND (rule_set_id IS NOT NULL) AND (referred_on IS NOT NULL)))),
    CONSTRAINT support_case_check2 CHECK (((hold_reason IS NULL) = (hold_review_on IS NULL))),
    CONSTRAINT support_case_estimated_cost_check CHECK (((estimated_cost IS NULL) OR (estimated_cost >= 0))),
    CONSTRAINT support_case_reference_check CHECK (((reference IS NULL) OR (length(reference) = 15)))
);
ALTER TABLE public.support_case ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.support_case_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.support_line (
    id bigint NOT NULL,
    offer_id bigint NOT NULL,
    "position" bigint NOT NULL,
    menu_item text NOT NULL COLLATE pg_catalog."C",
    need text NOT NULL COLLATE pg_catalog."C",
    description text NOT NULL COLLATE pg_catalog."C",
    route text NOT NULL COLLATE pg_catalog."C",
    provider_id bigint,
    half_days bigint,
    net bigint NOT NULL,
    vat bigint NOT NULL,
    gross bigint NOT NULL,
    budget_id bigint,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    outcome text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    measure text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    unit text DEFAULT 'fixed'::text NOT NULL COLLATE pg_catalog."C",
    halves bigint DEFAULT 0 NOT NULL,
    unit_price bigint DEFAULT 0 NOT NULL,
    whole bigint DEFAULT 0 NOT NULL,
    declined smallint DEFAULT 0 NOT NULL,
    decline_reason text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    practice text COLLATE pg_catalog."C",
    shared bigint DEFAULT 0 NOT NULL,
    varies_id bigint,
    ended_by bigint,
    freed bigint DEFAULT 0 NOT NULL,
    forward smallint DEFAULT 0 NOT NULL,
    backfill smallint DEFAULT 0 NOT NULL,
    forward_id bigint,
    late_of bigint,
    CONSTRAINT support_line_check CHECK ((gross = (net + vat))),
    CONSTRAINT support_line_check1 CHECK ((ends_on >= starts_on)),
    CONSTRAINT support_line_check2 CHECK ((((route = 'in_kind'::text) = (gross = 0)) AND ((route = 'in_kind'::text) = (half_days IS NOT NULL)) AND ((route = 'in_kind'::text) = (budget_id IS NULL)))),
    CONSTRAINT support_line_check3 CHECK (((route = 'practice'::text) OR (provider_id IS NOT NULL))),
    CONSTRAINT support_line_check4 CHECK (((backfill = ANY (ARRAY[0, 1])) AND ((backfill = 0) OR (route = 'practice'::text)))),
    CONSTRAINT support_line_declined_check CHECK ((declined = ANY (ARRAY[0, 1]))),
    CONSTRAINT support_line_description_check CHECK ((description <> ''::text)),
    CONSTRAINT support_line_forward_check CHECK ((forward = ANY (ARRAY[0, 1]))),
    CONSTRAINT support_line_freed_check CHECK ((freed >= 0)),
    CONSTRAINT support_line_half_days_check CHECK (((half_days IS NULL) OR (half_days > 0))),
    CONSTRAINT support_line_halves_check CHECK ((halves >= 0)),
    CONSTRAINT support_line_net_check CHECK ((net >= 0)),
    CONSTRAINT support_line_shared_check CHECK ((shared >= 0)),
    CONSTRAINT support_line_unit_price_check CHECK ((unit_price >= 0)),
    CONSTRAINT support_line_vat_check CHECK ((vat >= 0)),
    CONSTRAINT support_line_whole_check CHECK ((whole >= 0))
);
ALTER TABLE public.support_line ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.support_line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.undelivered_line (
    case_id bigint NOT NULL,
    line_id bigint NOT NULL,
    unit text NOT NULL COLLATE pg_catalog."C",
    promised bigint NOT NULL,
    given bigint,
    reason text NOT NULL COLLATE pg_catalog."C",
    detail text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT undelivered_line_check CHECK (((given >= 0) AND (given < promised))),
    CONSTRAINT undelivered_line_detail_check CHECK ((detail <> ''::text)),
    CONSTRAINT undelivered_line_promised_check CHECK ((promised > 0))
);

CREATE TABLE public.undelivered_reason (
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.word_variant (
    variant text NOT NULL COLLATE pg_catalog."C",
    word text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.year_closing (
    id bigint NOT NULL,
    team text NOT NULL COLLATE pg_catalog."C",
    year bigint NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL COLLATE pg_catalog."C",
    asked_by bigint NOT NULL,
    asked_at timestamp(3) with time zone NOT NULL,
    settled_by bigint,
    settled_at timestamp(3) with time zone,
    settled_why text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    last_entry bigint DEFAULT 0 NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT year_closing_check CHECK (((settled_by IS NULL) OR (settled_by <> asked_by))),
    CONSTRAINT year_closing_check1 CHECK ((((state = 'asked'::text) = (settled_by IS NULL)) AND ((settled_by IS NULL) = (settled_at IS NULL)) AND ((state = 'refused'::text) = (settled_why <> ''::text)))),
    CONSTRAINT year_closing_reason_check CHECK ((reason <> ''::text))
);
ALTER TABLE public.year_closing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.year_closing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.year_closing_state (
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.year_end_choice (
    code text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.year_end_decision (
    id bigint NOT NULL,
    line_id bigint NOT NULL,
    received smallint NOT NULL,
    choice text NOT NULL COLLATE pg_catalog."C",
    amount bigint NOT NULL,
    reason text NOT NULL COLLATE pg_catalog."C",
    person_id bigint NOT NULL,
    decided_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT year_end_decision_amount_check CHECK ((amount > 0)),
    CONSTRAINT year_end_decision_check CHECK (((received = 1) = (choice = ANY (ARRAY['accrue'::text, 'not_accrue'::text])))),
    CONSTRAINT year_end_decision_reason_check CHECK ((reason <> ''::text)),
    CONSTRAINT year_end_decision_received_check CHECK ((received = ANY (ARRAY[0, 1])))
);
ALTER TABLE public.year_end_decision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.year_end_decision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.year_end_release (
    line_id bigint NOT NULL,
    closing_id bigint NOT NULL,
    amount bigint NOT NULL,
    CONSTRAINT year_end_release_amount_check CHECK ((amount > 0))
);
ALTER TABLE ONLY public.acted_for
    ADD CONSTRAINT acted_for_pkey PRIMARY KEY (case_id, event_id);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_case_id_number_key UNIQUE (case_id, number);
ALTER TABLE ONLY public.agreement_ending
    ADD CONSTRAINT agreement_ending_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreement_signature
    ADD CONSTRAINT agreement_signature_pkey PRIMARY KEY (agreement_id, practice);
ALTER TABLE ONLY public.aim_reached
    ADD CONSTRAINT aim_reached_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.allocation
    ADD CONSTRAINT allocation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.approval
    ADD CONSTRAINT approval_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment
    ADD CONSTRAINT assessment_case_id_number_key UNIQUE (case_id, number);
ALTER TABLE ONLY public.assessment_evidence
    ADD CONSTRAINT assessment_evidence_pkey PRIMARY KEY (assessment_id, practice, indicator);
ALTER TABLE ONLY public.assessment_need
    ADD CONSTRAINT assessment_need_pkey PRIMARY KEY (assessment_id, area);
ALTER TABLE ONLY public.assessment
    ADD CONSTRAINT assessment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_rating
    ADD CONSTRAINT assessment_rating_pkey PRIMARY KEY (assessment_id, criterion, practice);
ALTER TABLE ONLY public.assessment_review
    ADD CONSTRAINT assessment_review_pkey PRIMARY KEY (assessment_id);
ALTER TABLE ONLY public.assessment_writer
    ADD CONSTRAINT assessment_writer_pkey PRIMARY KEY (assessment_id, person_id);
ALTER TABLE ONLY public.budget_change_kind
    ADD CONSTRAINT budget_change_kind_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.budget_change
    ADD CONSTRAINT budget_change_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.budget_day
    ADD CONSTRAINT budget_day_pkey PRIMARY KEY (budget_id, state, day);
ALTER TABLE ONLY public.budget_entry
    ADD CONSTRAINT budget_entry_pkey PRIMARY KEY (budget_id, entry_id);
ALTER TABLE ONLY public.budget_holder
    ADD CONSTRAINT budget_holder_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.budget_money
    ADD CONSTRAINT budget_money_pkey PRIMARY KEY (budget_id, state);
ALTER TABLE ONLY public.budget
    ADD CONSTRAINT budget_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.budget
    ADD CONSTRAINT budget_year_team_source_key UNIQUE (year, team, source);
ALTER TABLE ONLY public.case_facet
    ADD CONSTRAINT case_facet_pkey PRIMARY KEY (case_id, facet, value);
ALTER TABLE ONLY public.case_help
    ADD CONSTRAINT case_help_pkey PRIMARY KEY (case_id, kind, code);
ALTER TABLE ONLY public.case_note
    ADD CONSTRAINT case_note_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.case_number
    ADD CONSTRAINT case_number_pkey PRIMARY KEY (year);
ALTER TABLE ONLY public.case_practice
    ADD CONSTRAINT case_practice_pkey PRIMARY KEY (case_id, practice, valid_from);
ALTER TABLE ONLY public.case_route
    ADD CONSTRAINT case_route_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.case_stage
    ADD CONSTRAINT case_stage_pkey PRIMARY KEY (case_id, stage);
ALTER TABLE ONLY public.case_state
    ADD CONSTRAINT case_state_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT claim_case_id_number_key UNIQUE (case_id, number);
ALTER TABLE ONLY public.claim_evidence
    ADD CONSTRAINT claim_evidence_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT claim_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.concern
    ADD CONSTRAINT concern_case_id_number_key UNIQUE (case_id, number);
ALTER TABLE ONLY public.concern_done
    ADD CONSTRAINT concern_done_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.concern_kind
    ADD CONSTRAINT concern_kind_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.concern_level
    ADD CONSTRAINT concern_level_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.concern_outcome
    ADD CONSTRAINT concern_outcome_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.concern
    ADD CONSTRAINT concern_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.concern_severity
    ADD CONSTRAINT concern_severity_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.concern_state
    ADD CONSTRAINT concern_state_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.concern_step
    ADD CONSTRAINT concern_step_pkey PRIMARY KEY (concern_id, number);
ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.decision_reason
    ADD CONSTRAINT decision_reason_pkey PRIMARY KEY (decision_id, code);
ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_recommendation_id_key UNIQUE (recommendation_id);
ALTER TABLE ONLY public.decision_review
    ADD CONSTRAINT decision_review_decision_id_key UNIQUE (decision_id);
ALTER TABLE ONLY public.decision_review
    ADD CONSTRAINT decision_review_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dispute_outcome
    ADD CONSTRAINT dispute_outcome_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.dispute_reason
    ADD CONSTRAINT dispute_reason_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.division
    ADD CONSTRAINT division_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.early_commitment
    ADD CONSTRAINT early_commitment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.early_commitment_state
    ADD CONSTRAINT early_commitment_state_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.ending_reason
    ADD CONSTRAINT ending_reason_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.ending_state
    ADD CONSTRAINT ending_state_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.entry_kind
    ADD CONSTRAINT entry_kind_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.event_attribute
    ADD CONSTRAINT event_attribute_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.event_change
    ADD CONSTRAINT event_change_pkey PRIMARY KEY (event_id, "position");
ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_hash_key UNIQUE (hash);
ALTER TABLE ONLY public.event_head
    ADD CONSTRAINT event_head_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.facet_tally
    ADD CONSTRAINT facet_tally_pkey PRIMARY KEY (year, team, region, facet, value);
ALTER TABLE ONLY public.federation_kind
    ADD CONSTRAINT federation_kind_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.federation_member
    ADD CONSTRAINT federation_member_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.federation
    ADD CONSTRAINT federation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.follow_up_aim
    ADD CONSTRAINT follow_up_aim_pkey PRIMARY KEY (case_id, need);
ALTER TABLE ONLY public.follow_up_barrier
    ADD CONSTRAINT follow_up_barrier_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT follow_up_pkey PRIMARY KEY (case_id);
ALTER TABLE ONLY public.follow_up_state
    ADD CONSTRAINT follow_up_state_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.forward_commitment
    ADD CONSTRAINT forward_commitment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.forward_state
    ADD CONSTRAINT forward_state_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.funding_source
    ADD CONSTRAINT funding_source_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.high_impact_action
    ADD CONSTRAINT high_impact_action_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.indicator_benchmark
    ADD CONSTRAINT indicator_benchmark_pkey PRIMARY KEY (indicator, as_at, level, organisation);
ALTER TABLE ONLY public.indicator
    ADD CONSTRAINT indicator_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.information_request
    ADD CONSTRAINT information_request_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.interest
    ADD CONSTRAINT interest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_unique_key_key UNIQUE (unique_key);
ALTER TABLE ONLY public.kept_form
    ADD CONSTRAINT kept_form_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.leave_cover
    ADD CONSTRAINT leave_cover_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_case_id_number_key UNIQUE (case_id, number);
ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.line_unit
    ADD CONSTRAINT line_unit_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.list_size
    ADD CONSTRAINT list_size_pkey PRIMARY KEY (practice, as_at);
ALTER TABLE ONLY public.milestone
    ADD CONSTRAINT milestone_case_id_number_key UNIQUE (case_id, number);
ALTER TABLE ONLY public.milestone_move
    ADD CONSTRAINT milestone_move_pkey PRIMARY KEY (milestone_id, number);
ALTER TABLE ONLY public.milestone_owner
    ADD CONSTRAINT milestone_owner_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.milestone
    ADD CONSTRAINT milestone_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.milestone_state
    ADD CONSTRAINT milestone_state_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.money_account
    ADD CONSTRAINT money_account_budget_id_line_id_state_key UNIQUE (budget_id, line_id, state);
ALTER TABLE ONLY public.money_account
    ADD CONSTRAINT money_account_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.money_flow
    ADD CONSTRAINT money_flow_pkey PRIMARY KEY (from_budget, from_state, to_budget, to_state);
ALTER TABLE ONLY public.money_state
    ADD CONSTRAINT money_state_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.offer_answer
    ADD CONSTRAINT offer_answer_pkey PRIMARY KEY (offer_id, practice);
ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_case_id_number_key UNIQUE (case_id, number);
ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.offer_question
    ADD CONSTRAINT offer_question_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.offer_writer
    ADD CONSTRAINT offer_writer_pkey PRIMARY KEY (offer_id, person_id);
ALTER TABLE ONLY public.organisation_attribute
    ADD CONSTRAINT organisation_attribute_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.organisation_kind
    ADD CONSTRAINT organisation_kind_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.organisation_period
    ADD CONSTRAINT organisation_period_pkey PRIMARY KEY (organisation, attribute, valid_from);
ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT organisation_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.organisation_successor
    ADD CONSTRAINT organisation_successor_pkey PRIMARY KEY (predecessor, successor, valid_from);
ALTER TABLE ONLY public.payment_back
    ADD CONSTRAINT payment_back_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.payment_batch
    ADD CONSTRAINT payment_batch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.payment_batch
    ADD CONSTRAINT payment_batch_team_number_key UNIQUE (team, number);
ALTER TABLE ONLY public.payment_correction
    ADD CONSTRAINT payment_correction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.payment_correction_state
    ADD CONSTRAINT payment_correction_state_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.payment_download
    ADD CONSTRAINT payment_download_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.payment_file_format
    ADD CONSTRAINT payment_file_format_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.payment_item
    ADD CONSTRAINT payment_item_batch_id_position_key UNIQUE (batch_id, "position");
ALTER TABLE ONLY public.payment_item
    ADD CONSTRAINT payment_item_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_email_key UNIQUE (email);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.practice_indicator
    ADD CONSTRAINT practice_indicator_pkey PRIMARY KEY (practice, indicator, as_at);
ALTER TABLE ONLY public.practice_word
    ADD CONSTRAINT practice_word_pkey PRIMARY KEY (word, practice);
ALTER TABLE ONLY public.progress_line
    ADD CONSTRAINT progress_line_pkey PRIMARY KEY (report_id, line_id);
ALTER TABLE ONLY public.progress_rating
    ADD CONSTRAINT progress_rating_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.progress_report
    ADD CONSTRAINT progress_report_case_id_number_key UNIQUE (case_id, number);
ALTER TABLE ONLY public.progress_report
    ADD CONSTRAINT progress_report_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.provider_area
    ADD CONSTRAINT provider_area_pkey PRIMARY KEY (provider_id, area);
ALTER TABLE ONLY public.provider_capacity
    ADD CONSTRAINT provider_capacity_pkey PRIMARY KEY (provider_id, month);
ALTER TABLE ONLY public.provider
    ADD CONSTRAINT provider_name_key UNIQUE (name);
ALTER TABLE ONLY public.provider
    ADD CONSTRAINT provider_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.provider_skill
    ADD CONSTRAINT provider_skill_pkey PRIMARY KEY (provider_id, kind, code);
ALTER TABLE ONLY public.receipt_dispute
    ADD CONSTRAINT receipt_dispute_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.recommendation
    ADD CONSTRAINT recommendation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.recovery
    ADD CONSTRAINT recovery_claim_id_number_key UNIQUE (claim_id, number);
ALTER TABLE ONLY public.recovery_instalment
    ADD CONSTRAINT recovery_instalment_pkey PRIMARY KEY (recovery_id, "position");
ALTER TABLE ONLY public.recovery
    ADD CONSTRAINT recovery_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.recovery_reason
    ADD CONSTRAINT recovery_reason_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.recovery_receipt
    ADD CONSTRAINT recovery_receipt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.recovery_state
    ADD CONSTRAINT recovery_state_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.register_file_kind
    ADD CONSTRAINT register_file_kind_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.register_import
    ADD CONSTRAINT register_import_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.remittance_line
    ADD CONSTRAINT remittance_line_pkey PRIMARY KEY (remittance_id, "position");
ALTER TABLE ONLY public.remittance
    ADD CONSTRAINT remittance_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.remittance
    ADD CONSTRAINT remittance_sha256_key UNIQUE (sha256);
ALTER TABLE ONLY public.reserve_entry
    ADD CONSTRAINT reserve_entry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reserve_move
    ADD CONSTRAINT reserve_move_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.role_assignment
    ADD CONSTRAINT role_assignment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.rule_claim_target
    ADD CONSTRAINT rule_claim_target_pkey PRIMARY KEY (rule_set_id, step);
ALTER TABLE ONLY public.rule_criterion
    ADD CONSTRAINT rule_criterion_pkey PRIMARY KEY (rule_set_id, code);
ALTER TABLE ONLY public.rule_domain
    ADD CONSTRAINT rule_domain_pkey PRIMARY KEY (rule_set_id, code);
ALTER TABLE ONLY public.rule_limit
    ADD CONSTRAINT rule_limit_pkey PRIMARY KEY (rule_set_id, step, role, team);
ALTER TABLE ONLY public.rule_matrix_cell
    ADD CONSTRAINT rule_matrix_cell_pkey PRIMARY KEY (rule_set_id, scope, impact);
ALTER TABLE ONLY public.rule_menu_item
    ADD CONSTRAINT rule_menu_item_pkey PRIMARY KEY (rule_set_id, code);
ALTER TABLE ONLY public.rule_need_area
    ADD CONSTRAINT rule_need_area_pkey PRIMARY KEY (rule_set_id, code);
ALTER TABLE ONLY public.rule_rating
    ADD CONSTRAINT rule_rating_pkey PRIMARY KEY (rule_set_id, code);
ALTER TABLE ONLY public.rule_set_editor
    ADD CONSTRAINT rule_set_editor_pkey PRIMARY KEY (rule_set_id, person_id);
ALTER TABLE ONLY public.rule_set
    ADD CONSTRAINT rule_set_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.rule_set
    ADD CONSTRAINT rule_set_year_version_key UNIQUE (year, version);
ALTER TABLE ONLY public.rule_setting
    ADD CONSTRAINT rule_setting_pkey PRIMARY KEY (rule_set_id, code);
ALTER TABLE ONLY public.rule_target
    ADD CONSTRAINT rule_target_pkey PRIMARY KEY (rule_set_id, code);
ALTER TABLE ONLY public.rule_template
    ADD CONSTRAINT rule_template_pkey PRIMARY KEY (rule_set_id, code);
ALTER TABLE ONLY public.rule_upgrade
    ADD CONSTRAINT rule_upgrade_pkey PRIMARY KEY (migration);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.sign_in_failure
    ADD CONSTRAINT sign_in_failure_pkey PRIMARY KEY (key_hash);
ALTER TABLE ONLY public.submission
    ADD CONSTRAINT submission_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.successor_kind
    ADD CONSTRAINT successor_kind_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.support_case
    ADD CONSTRAINT support_case_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.support_case
    ADD CONSTRAINT support_case_reference_key UNIQUE (reference);
ALTER TABLE ONLY public.support_line
    ADD CONSTRAINT support_line_offer_id_position_key UNIQUE (offer_id, "position");
ALTER TABLE ONLY public.support_line
    ADD CONSTRAINT support_line_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.undelivered_line
    ADD CONSTRAINT undelivered_line_pkey PRIMARY KEY (case_id, line_id);
ALTER TABLE ONLY public.undelivered_reason
    ADD CONSTRAINT undelivered_reason_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.word_variant
    ADD CONSTRAINT word_variant_pkey PRIMARY KEY (variant, word);
ALTER TABLE ONLY public.year_closing
    ADD CONSTRAINT year_closing_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.year_closing_state
    ADD CONSTRAINT year_closing_state_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.year_end_choice
    ADD CONSTRAINT year_end_choice_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.year_end_decision
    ADD CONSTRAINT year_end_decision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.year_end_release
    ADD CONSTRAINT year_end_release_pkey PRIMARY KEY (line_id);
CREATE INDEX agreement_ending_case ON public.agreement_ending USING btree (case_id, id);
CREATE INDEX agreement_ending_due ON public.agreement_ending USING btree (ends_on, id) WHERE (state = 'noticed'::text);
CREATE UNIQUE INDEX agreement_ending_part ON public.agreement_ending USING btree (case_id, practice) WHERE ((state = 'noticed'::text) AND (practice IS NOT NULL));
CREATE UNIQUE INDEX agreement_ending_whole ON public.agreement_ending USING btree (case_id, by_practice) WHERE ((state = 'noticed'::text) AND (practice IS NULL));
CREATE UNIQUE INDEX agreement_in_force ON public.agreement USING btree (case_id) WHERE (state = 'in_force'::text);
CREATE UNIQUE INDEX agreement_proposed ON public.agreement USING btree (case_id) WHERE (state = 'proposed'::text);
CREATE INDEX agreement_stopped ON public.agreement USING btree (case_id) WHERE ((state = 'proposed'::text) AND (stopped_at IS NOT NULL));
CREATE INDEX allocation_budget ON public.allocation USING btree (budget_id, state);
CREATE INDEX allocation_division ON public.allocation USING btree (division_id, id) WHERE (division_id IS NOT NULL);
CREATE UNIQUE INDEX approval_person ON public.approval USING btree (subject_kind, subject_id, subject_version, person_id) WHERE (undone_event_id IS NULL);
CREATE UNIQUE INDEX approval_step ON public.approval USING btree (subject_kind, subject_id, subject_version, step) WHERE (undone_event_id IS NULL);
CREATE INDEX approval_subject ON public.approval USING btree (subject_kind, subject_id, id);
CREATE INDEX budget_change_from ON public.budget_change USING btree (from_budget, id) WHERE (from_budget IS NOT NULL);
CREATE INDEX budget_change_to ON public.budget_change USING btree (to_budget, id);
CREATE INDEX budget_change_until ON public.budget_change USING btree (until) WHERE ((kind = 'over_commitment'::text) AND (state = 'approved'::text) AND (returned < amount));
CREATE INDEX budget_holder_budget ON public.budget_holder USING btree (budget_id, id);
CREATE INDEX case_facet_value ON public.case_facet USING btree (facet, value, team, year);
CREATE INDEX case_facet_waits ON public.case_facet USING btree (value, referred_on, case_id, team, region, year) WHERE (facet = 'waits'::text);
CREATE INDEX case_note_case ON public.case_note USING btree (case_id, id);
CREATE UNIQUE INDEX case_practice_lead ON public.case_practice USING btree (case_id) WHERE ((lead = 1) AND (valid_until IS NULL));
CREATE INDEX case_practice_practice ON public.case_practice USING btree (practice, case_id);
CREATE UNIQUE INDEX case_stage_now ON public.case_stage USING btree (case_id) WHERE (since IS NOT NULL);
CREATE INDEX claim_amount ON public.claim USING btree (gross, period_from, period_to);
CREATE INDEX claim_confirm ON public.claim USING btree (confirm_by) WHERE ((state = 'paid'::text) AND (asked_at IS NULL));
CREATE INDEX claim_document ON public.claim USING btree (document_id);
CREATE INDEX claim_line ON public.claim USING btree (line_id, state);
CREATE INDEX claim_reference ON public.claim USING btree (replace(replace(replace(replace(replace(lower(reference), ' '::text, ''::text), '.'::text, ''::text), '-'::text, ''::text), '/'::text, ''::text), '#'::text, ''::text));
CREATE INDEX claim_state ON public.claim USING btree (state, id);
CREATE INDEX concern_due ON public.concern USING btree (answer_by) WHERE (answer_by IS NOT NULL);
CREATE INDEX concern_open ON public.concern USING btree (level, case_id) WHERE (state = 'open'::text);
CREATE INDEX concern_provider ON public.concern USING btree (provider_id, id) WHERE (provider_id IS NOT NULL);
CREATE INDEX decision_case ON public.decision USING btree (case_id, id);
CREATE INDEX decision_reason_code ON public.decision_reason USING btree (code, decision_id);
CREATE INDEX decision_review_case ON public.decision_review USING btree (case_id, id);
CREATE UNIQUE INDEX decision_review_open ON public.decision_review USING btree (case_id) WHERE (outcome = ''::text);
CREATE INDEX document_case ON public.document USING btree (case_id, id);
CREATE INDEX document_sha256 ON public.document USING btree (sha256);
CREATE INDEX early_commitment_case ON public.early_commitment USING btree (case_id, id);
CREATE INDEX early_commitment_offer ON public.early_commitment USING btree (offer_id);
CREATE UNIQUE INDEX early_commitment_stands ON public.early_commitment USING btree (offer_id) WHERE (state = ANY (ARRAY['asked'::text, 'approved'::text]));
CREATE INDEX event_case ON public.event USING btree (case_id, id);
CREATE INDEX event_change_attribute ON public.event_change USING btree (attribute, after_value, event_id);
CREATE INDEX event_subject ON public.event USING btree (subject_kind, subject_id, id);
CREATE INDEX facet_tally_facet ON public.facet_tally USING btree (facet, team, value, year, region, cases);
CREATE INDEX facet_tally_year ON public.facet_tally USING btree (year, facet, value, team, region, cases);
CREATE INDEX federation_member_federation ON public.federation_member USING btree (federation_id, practice);
CREATE INDEX federation_member_practice ON public.federation_member USING btree (practice, federation_id);
CREATE INDEX federation_name ON public.federation USING btree (name);
CREATE INDEX follow_up_planned ON public.follow_up USING btree (due_on) WHERE (state = 'planned'::text);
CREATE INDEX forward_commitment_budget ON public.forward_commitment USING btree (budget_id, id);
CREATE INDEX forward_commitment_case ON public.forward_commitment USING btree (case_id, id);
CREATE INDEX forward_commitment_offer ON public.forward_commitment USING btree (offer_id);
CREATE UNIQUE INDEX forward_commitment_stands ON public.forward_commitment USING btree (offer_id, budget_id) WHERE (state = ANY (ARRAY['asked'::text, 'authorised'::text, 'met'::text]));
CREATE INDEX forward_commitment_waits ON public.forward_commitment USING btree (state, case_id) WHERE (state = ANY (ARRAY['asked'::text, 'authorised'::text]));
CREATE INDEX indicator_benchmark_level ON public.indicator_benchmark USING btree (level, as_at, indicator);
CREATE INDEX information_request_case ON public.information_request USING btree (case_id, id);
CREATE INDEX interest_person ON public.interest USING btree (person_id);
CREATE INDEX interest_subject ON public.interest USING btree (subject, subject_id);
CREATE INDEX job_due ON public.job USING btree (due_at) WHERE (done_at IS NULL);
CREATE INDEX kept_form_at ON public.kept_form USING btree (kept_at);
CREATE INDEX kept_form_person ON public.kept_form USING btree (person_id);
CREATE INDEX leave_cover_person ON public.leave_cover USING btree (person_id);
CREATE INDEX leave_cover_stand_in ON public.leave_cover USING btree (stand_in_id);
CREATE INDEX ledger_entry_case ON public.ledger_entry USING btree (case_id, id);
CREATE INDEX ledger_entry_closing ON public.ledger_entry USING btree (closing_id, id) WHERE (closing_id IS NOT NULL);
CREATE INDEX ledger_entry_event ON public.ledger_entry USING btree (event_id, id);
CREATE INDEX ledger_entry_from ON public.ledger_entry USING btree (from_account, id);
CREATE INDEX ledger_entry_to ON public.ledger_entry USING btree (to_account, id);
CREATE INDEX letter_unsent ON public.letter USING btree (case_id) WHERE (sent_at IS NULL);
CREATE INDEX list_size_day ON public.list_size USING btree (as_at, practice);
CREATE INDEX milestone_open ON public.milestone USING btree (case_id, due_on) WHERE (state = 'open'::text);
CREATE INDEX money_account_line ON public.money_account USING btree (line_id, state);
CREATE UNIQUE INDEX offer_live ON public.offer USING btree (case_id) WHERE (state = ANY (ARRAY['draft'::text, 'approved'::text, 'sent'::text, 'accepted'::text]));
CREATE INDEX offer_open ON public.offer USING btree (expires_on) WHERE (state = 'sent'::text);
CREATE INDEX offer_question_offer ON public.offer_question USING btree (offer_id, id);
CREATE UNIQUE INDEX offer_question_open ON public.offer_question USING btree (offer_id) WHERE (answered_at IS NULL);
CREATE INDEX offer_reminder ON public.offer USING btree (remind_on) WHERE ((state = 'sent'::text) AND (reminded_at IS NULL));
CREATE INDEX offer_state ON public.offer USING btree (state, drafted_at);
CREATE INDEX offer_varies ON public.offer USING btree (varies_id, number) WHERE (varies_id IS NOT NULL);
CREATE UNIQUE INDEX offer_varying ON public.offer USING btree (case_id) WHERE (state = ANY (ARRAY['variation'::text, 'variation_approved'::text]));
CREATE INDEX organisation_area ON public.organisation USING btree (area, kind, active_gp, name);
CREATE INDEX organisation_commissioner ON public.organisation USING btree (commissioner, kind, active_gp, name);
CREATE INDEX organisation_kind_name ON public.organisation USING btree (kind, name, code);
CREATE INDEX organisation_period_parent ON public.organisation_period USING btree (parent, attribute, valid_from) WHERE (parent IS NOT NULL);
CREATE INDEX organisation_postcode ON public.organisation USING btree (kind, postcode_key);
CREATE INDEX organisation_region ON public.organisation USING btree (region, kind, active_gp, name);
CREATE INDEX organisation_successor_successor ON public.organisation_successor USING btree (successor);
CREATE INDEX payment_correction_item ON public.payment_correction USING btree (item_id, id);
CREATE UNIQUE INDEX payment_correction_waits ON public.payment_correction USING btree (item_id) WHERE (state = 'asked'::text);
CREATE INDEX payment_download_batch ON public.payment_download USING btree (batch_id, id);
CREATE UNIQUE INDEX payment_download_first ON public.payment_download USING btree (batch_id) WHERE (reason = ''::text);
CREATE UNIQUE INDEX payment_item_alive ON public.payment_item USING btree (claim_id) WHERE (back_kind IS NULL);
CREATE INDEX payment_item_claim ON public.payment_item USING btree (claim_id, id);
CREATE INDEX practice_indicator_day ON public.practice_indicator USING btree (indicator, as_at, practice, number);
CREATE INDEX practice_word_practice ON public.practice_word USING btree (practice);
CREATE INDEX progress_line_line ON public.progress_line USING btree (line_id, report_id);
CREATE INDEX progress_report_unread ON public.progress_report USING btree (case_id) WHERE (read_at IS NULL);
CREATE INDEX provider_skill_code ON public.provider_skill USING btree (kind, code, provider_id);
CREATE INDEX receipt_dispute_claim ON public.receipt_dispute USING btree (claim_id, id);
CREATE UNIQUE INDEX receipt_dispute_open ON public.receipt_dispute USING btree (claim_id) WHERE (outcome IS NULL);
CREATE INDEX recommendation_assessment ON public.recommendation USING btree (assessment_id, id);
CREATE INDEX recommendation_case ON public.recommendation USING btree (case_id, id);
CREATE INDEX recovery_due ON public.recovery USING btree (due_on) WHERE (state = 'due'::text);
CREATE UNIQUE INDEX recovery_open ON public.recovery USING btree (claim_id) WHERE (state = ANY (ARRAY['raised'::text, 'due'::text]));
CREATE INDEX recovery_receipt_left ON public.recovery_receipt USING btree (recovery_id) WHERE (freed = 0);
CREATE INDEX recovery_receipt_of ON public.recovery_receipt USING btree (recovery_id, id);
CREATE INDEX register_import_kind ON public.register_import USING btree (kind, as_at, id);
CREATE INDEX remittance_batch ON public.remittance USING btree (batch_id, id);
CREATE INDEX remittance_line_item ON public.remittance_line USING btree (item_id);
CREATE UNIQUE INDEX reserve_entry_case ON public.reserve_entry USING btree (case_id) WHERE (left_on IS NULL);
CREATE INDEX reserve_entry_left ON public.reserve_entry USING btree (team, left_on, id);
CREATE INDEX reserve_entry_list ON public.reserve_entry USING btree (team, "position") WHERE (left_on IS NULL);
CREATE INDEX reserve_entry_review ON public.reserve_entry USING btree (review_on, id) WHERE (left_on IS NULL);
CREATE INDEX reserve_move_team ON public.reserve_move USING btree (team, id);
CREATE INDEX role_assignment_person ON public.role_assignment USING btree (person_id);
CREATE INDEX role_assignment_place ON public.role_assignment USING btree (organisation, role);
CREATE UNIQUE INDEX rule_set_draft ON public.rule_set USING btree (year) WHERE (state = 'draft'::text);
CREATE INDEX session_expires ON public.session USING btree (expires_at);
CREATE INDEX session_person ON public.session USING btree (person_id);
CREATE INDEX submission_created ON public.submission USING btree (created_at);
CREATE INDEX support_case_asked ON public.support_case USING btree (team, referred_on, id) WHERE (information_id IS NOT NULL);
CREATE INDEX support_case_assignee ON public.support_case USING btree (assignee_id, state, referred_on);
CREATE INDEX support_case_cell ON public.support_case USING btree (team, scope, impact, state);
CREATE INDEX support_case_held ON public.support_case USING btree (team, referred_on, id) WHERE (hold_reason IS NOT NULL);
CREATE INDEX support_case_nobody ON public.support_case USING btree (team, referred_on, id) WHERE ((assignee_id IS NULL) AND (reference IS NOT NULL) AND (state <> 'withdrawn'::text));
CREATE INDEX support_case_referred ON public.support_case USING btree (referred_on, id);
CREATE INDEX support_case_region ON public.support_case USING btree (region, state, referred_on);
CREATE INDEX support_case_region_day ON public.support_case USING btree (region, referred_on, id);
CREATE INDEX support_case_state ON public.support_case USING btree (state, referred_on, id);
CREATE INDEX support_case_state_route ON public.support_case USING btree (state, route, referred_on, id) WHERE (reference IS NOT NULL);
CREATE INDEX support_case_team ON public.support_case USING btree (team, state, referred_on);
CREATE INDEX support_case_team_day ON public.support_case USING btree (team, referred_on, id);
CREATE INDEX support_line_budget ON public.support_line USING btree (budget_id, id) WHERE (budget_id IS NOT NULL);
CREATE INDEX support_line_forward ON public.support_line USING btree (budget_id, offer_id) WHERE (forward = 1);
CREATE INDEX support_line_forward_id ON public.support_line USING btree (forward_id) WHERE (forward_id IS NOT NULL);
CREATE INDEX support_line_late_of ON public.support_line USING btree (late_of) WHERE (late_of IS NOT NULL);
CREATE INDEX support_line_provider ON public.support_line USING btree (provider_id);
CREATE UNIQUE INDEX year_closing_open ON public.year_closing USING btree (team, year) WHERE (state <> 'refused'::text);
CREATE INDEX year_end_decision_line ON public.year_end_decision USING btree (line_id, received, id);
CREATE TRIGGER acted_for_no_update BEFORE DELETE OR UPDATE ON public.acted_for FOR EACH ROW EXECUTE FUNCTION public.acted_for_keep();
CREATE TRIGGER approval_four_eyes BEFORE INSERT ON public.approval FOR EACH ROW EXECUTE FUNCTION public.approval_refuse();
CREATE TRIGGER approval_no_update BEFORE DELETE OR UPDATE ON public.approval FOR EACH ROW EXECUTE FUNCTION public.approval_keep();
CREATE TRIGGER approval_stand_in BEFORE INSERT ON public.approval FOR EACH ROW EXECUTE FUNCTION public.approval_stand_in_refuse();
CREATE TRIGGER case_facet_counted AFTER INSERT ON public.case_facet FOR EACH ROW EXECUTE FUNCTION public.case_facet_counted();
CREATE TRIGGER case_facet_discounted AFTER DELETE ON public.case_facet FOR EACH ROW EXECUTE FUNCTION public.case_facet_discounted();
CREATE TRIGGER case_facet_no_update BEFORE UPDATE ON public.case_facet FOR EACH ROW EXECUTE FUNCTION public.case_facet_no_update();
CREATE TRIGGER concern_no_delete BEFORE DELETE ON public.concern FOR EACH ROW EXECUTE FUNCTION public.concern_keep();
CREATE TRIGGER concern_step_no_delete BEFORE DELETE ON public.concern_step FOR EACH ROW EXECUTE FUNCTION public.concern_keep();
CREATE TRIGGER concern_step_no_update BEFORE UPDATE ON public.concern_step FOR EACH ROW EXECUTE FUNCTION public.concern_keep();
CREATE TRIGGER event_change_no_delete BEFORE DELETE ON public.event_change FOR EACH ROW EXECUTE FUNCTION public.event_refuse();
CREATE TRIGGER event_change_no_truncate BEFORE TRUNCATE ON public.event_change FOR EACH STATEMENT EXECUTE FUNCTION public.event_refuse();
CREATE TRIGGER event_change_no_update BEFORE UPDATE ON public.event_change FOR EACH ROW EXECUTE FUNCTION public.event_refuse();
CREATE TRIGGER event_no_delete BEFORE DELETE ON public.event FOR EACH ROW EXECUTE FUNCTION public.event_refuse();
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION public.event_refuse();
CREATE TRIGGER event_no_update BEFORE UPDATE ON public.event FOR EACH ROW WHEN (((new.payload IS NOT NULL) OR (((((((((((new.id IS DISTINCT FROM old.id) OR (new.recorded_at IS DISTINCT FROM old.recorded_at)) OR (new.holds_from IS DISTINCT FROM old.holds_from)) OR (new.actor IS DISTINCT FROM old.actor)) OR (new.act IS DISTINCT FROM old.act)) OR (new.subject_kind IS DISTINCT FROM old.subject_kind)) OR (new.subject_id IS DISTINCT FROM old.subject_id)) OR (new.audience IS DISTINCT FROM old.audience)) OR (new.payload_digest IS DISTINCT FROM old.payload_digest)) OR (new.previous_hash IS DISTINCT FROM old.previous_hash)) OR (new.hash IS DISTINCT FROM old.hash)) OR (new.person_id IS DISTINCT FROM old.person_id) OR (new.case_id IS DISTINCT FROM old.case_id))) EXECUTE FUNCTION public.event_refuse();
CREATE TRIGGER follow_up_no_delete BEFORE DELETE ON public.follow_up FOR EACH ROW EXECUTE FUNCTION public.follow_up_keep();
CREATE TRIGGER follow_up_stays BEFORE UPDATE ON public.follow_up FOR EACH ROW WHEN ((old.state = ANY (ARRAY['done'::text, 'not_possible'::text]))) EXECUTE FUNCTION public.follow_up_keep();
CREATE TRIGGER forward_commitment_four_eyes BEFORE UPDATE ON public.forward_commitment FOR EACH ROW EXECUTE FUNCTION public.forward_commitment_refuse();
CREATE TRIGGER forward_commitment_no_delete BEFORE DELETE ON public.forward_commitment FOR EACH ROW EXECUTE FUNCTION public.forward_commitment_refuse();
CREATE TRIGGER ledger_entry_closed_year BEFORE INSERT ON public.ledger_entry FOR EACH ROW EXECUTE FUNCTION public.ledger_entry_closed_year();
CREATE TRIGGER ledger_entry_late BEFORE INSERT ON public.ledger_entry FOR EACH ROW EXECUTE FUNCTION public.ledger_entry_late();
CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON public.ledger_entry FOR EACH ROW EXECUTE FUNCTION public.ledger_entry_refuse();
CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON public.ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_entry_refuse();
CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON public.ledger_entry FOR EACH ROW EXECUTE FUNCTION public.ledger_entry_refuse();
CREATE TRIGGER ledger_entry_of_budget AFTER INSERT ON public.ledger_entry FOR EACH ROW EXECUTE FUNCTION public.ledger_entry_of_budget();
CREATE TRIGGER ledger_entry_post AFTER INSERT ON public.ledger_entry FOR EACH ROW EXECUTE FUNCTION public.ledger_entry_post();
CREATE TRIGGER ledger_entry_same_budget BEFORE INSERT ON public.ledger_entry FOR EACH ROW EXECUTE FUNCTION public.ledger_entry_same_budget();
CREATE TRIGGER payment_correction_four_eyes BEFORE UPDATE ON public.payment_correction FOR EACH ROW EXECUTE FUNCTION public.payment_correction_refuse();
CREATE TRIGGER payment_correction_no_delete BEFORE DELETE ON public.payment_correction FOR EACH ROW EXECUTE FUNCTION public.payment_correction_keep();
CREATE TRIGGER payment_correction_no_update BEFORE UPDATE ON public.payment_correction FOR EACH ROW EXECUTE FUNCTION public.payment_correction_keep();
CREATE TRIGGER payment_item_four_eyes BEFORE INSERT ON public.payment_item FOR EACH ROW EXECUTE FUNCTION public.payment_item_refuse();
CREATE TRIGGER recovery_receipt_no_update BEFORE DELETE OR UPDATE ON public.recovery_receipt FOR EACH ROW EXECUTE FUNCTION public.recovery_receipt_keep();
CREATE TRIGGER rule_claim_target_no_truncate BEFORE TRUNCATE ON public.rule_claim_target FOR EACH STATEMENT EXECUTE FUNCTION public.rule_truncate_refuse();
CREATE TRIGGER rule_claim_target_unchanged BEFORE INSERT OR DELETE OR UPDATE ON public.rule_claim_target FOR EACH ROW EXECUTE FUNCTION public.rule_refuse();
CREATE TRIGGER rule_criterion_no_truncate BEFORE TRUNCATE ON public.rule_criterion FOR EACH STATEMENT EXECUTE FUNCTION public.rule_truncate_refuse();
CREATE TRIGGER rule_criterion_unchanged BEFORE INSERT OR DELETE OR UPDATE ON public.rule_criterion FOR EACH ROW EXECUTE FUNCTION public.rule_refuse();
CREATE TRIGGER rule_domain_no_truncate BEFORE TRUNCATE ON public.rule_domain FOR EACH STATEMENT EXECUTE FUNCTION public.rule_truncate_refuse();
CREATE TRIGGER rule_domain_unchanged BEFORE INSERT OR DELETE OR UPDATE ON public.rule_domain FOR EACH ROW EXECUTE FUNCTION public.rule_refuse();
CREATE TRIGGER rule_limit_no_truncate BEFORE TRUNCATE ON public.rule_limit FOR EACH STATEMENT EXECUTE FUNCTION public.rule_truncate_refuse();
CREATE TRIGGER rule_limit_unchanged BEFORE INSERT OR DELETE OR UPDATE ON public.rule_limit FOR EACH ROW EXECUTE FUNCTION public.rule_refuse();
CREATE TRIGGER rule_matrix_cell_no_truncate BEFORE TRUNCATE ON public.rule_matrix_cell FOR EACH STATEMENT EXECUTE FUNCTION public.rule_truncate_refuse();
CREATE TRIGGER rule_matrix_cell_unchanged BEFORE INSERT OR DELETE OR UPDATE ON public.rule_matrix_cell FOR EACH ROW EXECUTE FUNCTION public.rule_refuse();
CREATE TRIGGER rule_menu_item_no_truncate BEFORE TRUNCATE ON public.rule_menu_item FOR EACH STATEMENT EXECUTE FUNCTION public.rule_truncate_refuse();
CREATE TRIGGER rule_menu_item_unchanged BEFORE INSERT OR DELETE OR UPDATE ON public.rule_menu_item FOR EACH ROW EXECUTE FUNCTION public.rule_refuse();
CREATE TRIGGER rule_need_area_no_truncate BEFORE TRUNCATE ON public.rule_need_area FOR EACH STATEMENT EXECUTE FUNCTION public.rule_truncate_refuse();
CREATE TRIGGER rule_need_area_unchanged BEFORE INSERT OR DELETE OR UPDATE ON public.rule_need_area FOR EACH ROW EXECUTE FUNCTION public.rule_refuse();
CREATE TRIGGER rule_rating_no_truncate BEFORE TRUNCATE ON public.rule_rating FOR EACH STATEMENT EXECUTE FUNCTION public.rule_truncate_refuse();
CREATE TRIGGER rule_rating_unchanged BEFORE INSERT OR DELETE OR UPDATE ON public.rule_rating FOR EACH ROW EXECUTE FUNCTION public.rule_refuse();
CREATE TRIGGER rule_set_editor_no_truncate BEFORE TRUNCATE ON public.rule_set_editor FOR EACH STATEMENT EXECUTE FUNCTION public.rule_truncate_refuse();
CREATE TRIGGER rule_set_editor_unchanged BEFORE INSERT OR DELETE OR UPDATE ON public.rule_set_editor FOR EACH ROW EXECUTE FUNCTION public.rule_refuse();
CREATE TRIGGER rule_set_no_truncate BEFORE TRUNCATE ON public.rule_set FOR EACH STATEMENT EXECUTE FUNCTION public.rule_truncate_refuse();
CREATE TRIGGER rule_set_unchanged BEFORE DELETE OR UPDATE ON public.rule_set FOR EACH ROW EXECUTE FUNCTION public.rule_set_refuse();
CREATE TRIGGER rule_setting_no_truncate BEFORE TRUNCATE ON public.rule_setting FOR EACH STATEMENT EXECUTE FUNCTION public.rule_truncate_refuse();
CREATE TRIGGER rule_setting_unchanged BEFORE INSERT OR DELETE OR UPDATE ON public.rule_setting FOR EACH ROW EXECUTE FUNCTION public.rule_refuse();
CREATE TRIGGER rule_target_no_truncate BEFORE TRUNCATE ON public.rule_target FOR EACH STATEMENT EXECUTE FUNCTION public.rule_truncate_refuse();
CREATE TRIGGER rule_target_unchanged BEFORE INSERT OR DELETE OR UPDATE ON public.rule_target FOR EACH ROW EXECUTE FUNCTION public.rule_refuse();
CREATE TRIGGER rule_template_no_truncate BEFORE TRUNCATE ON public.rule_template FOR EACH STATEMENT EXECUTE FUNCTION public.rule_truncate_refuse();
CREATE TRIGGER rule_template_unchanged BEFORE INSERT OR DELETE OR UPDATE ON public.rule_template FOR EACH ROW EXECUTE FUNCTION public.rule_refuse();
CREATE TRIGGER year_closing_no_delete BEFORE DELETE ON public.year_closing FOR EACH ROW EXECUTE FUNCTION public.year_closing_kept();
CREATE TRIGGER year_closing_no_update BEFORE UPDATE ON public.year_closing FOR EACH ROW EXECUTE FUNCTION public.year_closing_kept();
CREATE TRIGGER year_end_decision_no_delete BEFORE DELETE ON public.year_end_decision FOR EACH ROW EXECUTE FUNCTION public.year_end_decision_stays();
CREATE TRIGGER year_end_decision_no_update BEFORE UPDATE ON public.year_end_decision FOR EACH ROW EXECUTE FUNCTION public.year_end_decision_only_added();
CREATE TRIGGER year_end_release_no_delete BEFORE DELETE ON public.year_end_release FOR EACH ROW EXECUTE FUNCTION public.year_end_release_only_added();
CREATE TRIGGER year_end_release_no_update BEFORE UPDATE ON public.year_end_release FOR EACH ROW EXECUTE FUNCTION public.year_end_release_only_added();
ALTER TABLE ONLY public.acted_for
    ADD CONSTRAINT acted_for_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.acted_for
    ADD CONSTRAINT acted_for_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.event(id);
ALTER TABLE ONLY public.acted_for
    ADD CONSTRAINT acted_for_for_id_fkey FOREIGN KEY (for_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.acted_for
    ADD CONSTRAINT acted_for_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.agreement_ending
    ADD CONSTRAINT agreement_ending_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES public.agreement(id);
ALTER TABLE ONLY public.agreement_ending
    ADD CONSTRAINT agreement_ending_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.agreement_ending
    ADD CONSTRAINT agreement_ending_given_by_fkey FOREIGN KEY (given_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.agreement_ending
    ADD CONSTRAINT agreement_ending_practice_fkey FOREIGN KEY (practice) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.agreement_ending
    ADD CONSTRAINT agreement_ending_reason_fkey FOREIGN KEY (reason) REFERENCES public.ending_reason(code);
ALTER TABLE ONLY public.agreement_ending
    ADD CONSTRAINT agreement_ending_state_fkey FOREIGN KEY (state) REFERENCES public.ending_state(code);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES public.offer(id);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_practice_person_id_fkey FOREIGN KEY (practice_person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.agreement_signature
    ADD CONSTRAINT agreement_signature_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES public.agreement(id);
ALTER TABLE ONLY public.agreement_signature
    ADD CONSTRAINT agreement_signature_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.agreement_signature
    ADD CONSTRAINT agreement_signature_practice_fkey FOREIGN KEY (practice) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_team_person_id_fkey FOREIGN KEY (team_person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_variation_id_fkey FOREIGN KEY (variation_id) REFERENCES public.offer(id);
ALTER TABLE ONLY public.allocation
    ADD CONSTRAINT allocation_budget_id_fkey FOREIGN KEY (budget_id) REFERENCES public.budget(id);
ALTER TABLE ONLY public.allocation
    ADD CONSTRAINT allocation_division_id_fkey FOREIGN KEY (division_id) REFERENCES public.division(id);
ALTER TABLE ONLY public.allocation
    ADD CONSTRAINT allocation_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.allocation
    ADD CONSTRAINT allocation_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.approval
    ADD CONSTRAINT approval_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.event(id);
ALTER TABLE ONLY public.approval
    ADD CONSTRAINT approval_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.approval
    ADD CONSTRAINT approval_undone_event_id_fkey FOREIGN KEY (undone_event_id) REFERENCES public.event(id);
ALTER TABLE ONLY public.assessment
    ADD CONSTRAINT assessment_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.assessment
    ADD CONSTRAINT assessment_completed_by_fkey FOREIGN KEY (completed_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.assessment_evidence
    ADD CONSTRAINT assessment_evidence_assessment_id_fkey FOREIGN KEY (assessment_id) REFERENCES public.assessment(id);
ALTER TABLE ONLY public.assessment_evidence
    ADD CONSTRAINT assessment_evidence_practice_fkey FOREIGN KEY (practice) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.assessment
    ADD CONSTRAINT assessment_judged_by_fkey FOREIGN KEY (judged_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.assessment_need
    ADD CONSTRAINT assessment_need_assessment_id_fkey FOREIGN KEY (assessment_id) REFERENCES public.assessment(id);
ALTER TABLE ONLY public.assessment_rating
    ADD CONSTRAINT assessment_rating_assessment_id_fkey FOREIGN KEY (assessment_id) REFERENCES public.assessment(id);
ALTER TABLE ONLY public.assessment_rating
    ADD CONSTRAINT assessment_rating_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.assessment_review
    ADD CONSTRAINT assessment_review_assessment_id_fkey FOREIGN KEY (assessment_id) REFERENCES public.assessment(id);
ALTER TABLE ONLY public.assessment_review
    ADD CONSTRAINT assessment_review_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.assessment
    ADD CONSTRAINT assessment_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES public.rule_set(id);
ALTER TABLE ONLY public.assessment
    ADD CONSTRAINT assessment_started_by_fkey FOREIGN KEY (started_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.assessment_writer
    ADD CONSTRAINT assessment_writer_assessment_id_fkey FOREIGN KEY (assessment_id) REFERENCES public.assessment(id);
ALTER TABLE ONLY public.assessment_writer
    ADD CONSTRAINT assessment_writer_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.budget_change
    ADD CONSTRAINT budget_change_from_budget_fkey FOREIGN KEY (from_budget) REFERENCES public.budget(id);
ALTER TABLE ONLY public.budget_change
    ADD CONSTRAINT budget_change_given_by_fkey FOREIGN KEY (given_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.budget_change
    ADD CONSTRAINT budget_change_kind_fkey FOREIGN KEY (kind) REFERENCES public.budget_change_kind(code);
ALTER TABLE ONLY public.budget_change
    ADD CONSTRAINT budget_change_refused_by_fkey FOREIGN KEY (refused_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.budget_change
    ADD CONSTRAINT budget_change_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.budget_change
    ADD CONSTRAINT budget_change_taken_by_fkey FOREIGN KEY (taken_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.budget_change
    ADD CONSTRAINT budget_change_to_budget_fkey FOREIGN KEY (to_budget) REFERENCES public.budget(id);
ALTER TABLE ONLY public.budget_day
    ADD CONSTRAINT budget_day_budget_id_fkey FOREIGN KEY (budget_id) REFERENCES public.budget(id);
ALTER TABLE ONLY public.budget_day
    ADD CONSTRAINT budget_day_state_fkey FOREIGN KEY (state) REFERENCES public.money_state(code);
ALTER TABLE ONLY public.budget_entry
    ADD CONSTRAINT budget_entry_budget_id_fkey FOREIGN KEY (budget_id) REFERENCES public.budget(id);
ALTER TABLE ONLY public.budget_holder
    ADD CONSTRAINT budget_holder_budget_id_fkey FOREIGN KEY (budget_id) REFERENCES public.budget(id);
ALTER TABLE ONLY public.budget_holder
    ADD CONSTRAINT budget_holder_holder_fkey FOREIGN KEY (holder) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.budget_holder
    ADD CONSTRAINT budget_holder_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.budget_money
    ADD CONSTRAINT budget_money_budget_id_fkey FOREIGN KEY (budget_id) REFERENCES public.budget(id);
ALTER TABLE ONLY public.budget_money
    ADD CONSTRAINT budget_money_state_fkey FOREIGN KEY (state) REFERENCES public.money_state(code);
ALTER TABLE ONLY public.budget
    ADD CONSTRAINT budget_region_fkey FOREIGN KEY (region) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.budget
    ADD CONSTRAINT budget_source_fkey FOREIGN KEY (source) REFERENCES public.funding_source(code);
ALTER TABLE ONLY public.budget
    ADD CONSTRAINT budget_team_fkey FOREIGN KEY (team) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.case_facet
    ADD CONSTRAINT case_facet_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.case_help
    ADD CONSTRAINT case_help_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.case_note
    ADD CONSTRAINT case_note_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.case_note
    ADD CONSTRAINT case_note_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.case_practice
    ADD CONSTRAINT case_practice_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.case_practice
    ADD CONSTRAINT case_practice_practice_fkey FOREIGN KEY (practice) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.case_stage
    ADD CONSTRAINT case_stage_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.case_stage
    ADD CONSTRAINT case_stage_stage_fkey FOREIGN KEY (stage) REFERENCES public.case_state(code);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT claim_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT claim_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT claim_checked_by_fkey FOREIGN KEY (checked_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT claim_claimed_by_fkey FOREIGN KEY (claimed_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT claim_cut_by_fkey FOREIGN KEY (cut_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT claim_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.document(id);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT claim_evidence_fkey FOREIGN KEY (evidence) REFERENCES public.claim_evidence(code);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT claim_line_id_fkey FOREIGN KEY (line_id) REFERENCES public.support_line(id);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT claim_received_by_fkey FOREIGN KEY (received_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT claim_returned_by_fkey FOREIGN KEY (returned_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.concern
    ADD CONSTRAINT concern_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.concern
    ADD CONSTRAINT concern_kind_fkey FOREIGN KEY (kind) REFERENCES public.concern_kind(code);
ALTER TABLE ONLY public.concern
    ADD CONSTRAINT concern_level_fkey FOREIGN KEY (level) REFERENCES public.concern_level(code);
ALTER TABLE ONLY public.concern
    ADD CONSTRAINT concern_line_id_fkey FOREIGN KEY (line_id) REFERENCES public.support_line(id);
ALTER TABLE ONLY public.concern
    ADD CONSTRAINT concern_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.provider(id);
ALTER TABLE ONLY public.concern
    ADD CONSTRAINT concern_raised_by_fkey FOREIGN KEY (raised_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.concern
    ADD CONSTRAINT concern_severity_fkey FOREIGN KEY (severity) REFERENCES public.concern_severity(code);
ALTER TABLE ONLY public.concern
    ADD CONSTRAINT concern_state_fkey FOREIGN KEY (state) REFERENCES public.concern_state(code);
ALTER TABLE ONLY public.concern_step
    ADD CONSTRAINT concern_step_concern_id_fkey FOREIGN KEY (concern_id) REFERENCES public.concern(id);
ALTER TABLE ONLY public.concern_step
    ADD CONSTRAINT concern_step_done_fkey FOREIGN KEY (done) REFERENCES public.concern_done(code);
ALTER TABLE ONLY public.concern_step
    ADD CONSTRAINT concern_step_level_fkey FOREIGN KEY (level) REFERENCES public.concern_level(code);
ALTER TABLE ONLY public.concern_step
    ADD CONSTRAINT concern_step_outcome_fkey FOREIGN KEY (outcome) REFERENCES public.concern_outcome(code);
ALTER TABLE ONLY public.concern_step
    ADD CONSTRAINT concern_step_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.decision_reason
    ADD CONSTRAINT decision_reason_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES public.decision(id);
ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_recommendation_id_fkey FOREIGN KEY (recommendation_id) REFERENCES public.recommendation(id);
ALTER TABLE ONLY public.decision_review
    ADD CONSTRAINT decision_review_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.decision_review
    ADD CONSTRAINT decision_review_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.decision_review
    ADD CONSTRAINT decision_review_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES public.decision(id);
ALTER TABLE ONLY public.decision_review
    ADD CONSTRAINT decision_review_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES public.rule_set(id);
ALTER TABLE ONLY public.division
    ADD CONSTRAINT division_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.division
    ADD CONSTRAINT division_source_fkey FOREIGN KEY (source) REFERENCES public.funding_source(code);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.early_commitment
    ADD CONSTRAINT early_commitment_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.early_commitment
    ADD CONSTRAINT early_commitment_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.early_commitment
    ADD CONSTRAINT early_commitment_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.early_commitment
    ADD CONSTRAINT early_commitment_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES public.offer(id);
ALTER TABLE ONLY public.early_commitment
    ADD CONSTRAINT early_commitment_state_fkey FOREIGN KEY (state) REFERENCES public.early_commitment_state(code);
ALTER TABLE ONLY public.event_change
    ADD CONSTRAINT event_change_attribute_fkey FOREIGN KEY (attribute) REFERENCES public.event_attribute(code);
ALTER TABLE ONLY public.event_change
    ADD CONSTRAINT event_change_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.event(id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.federation
    ADD CONSTRAINT federation_kind_fkey FOREIGN KEY (kind) REFERENCES public.federation_kind(code);
ALTER TABLE ONLY public.federation_member
    ADD CONSTRAINT federation_member_federation_id_fkey FOREIGN KEY (federation_id) REFERENCES public.federation(id);
ALTER TABLE ONLY public.federation_member
    ADD CONSTRAINT federation_member_practice_fkey FOREIGN KEY (practice) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.follow_up_aim
    ADD CONSTRAINT follow_up_aim_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.follow_up(case_id);
ALTER TABLE ONLY public.follow_up_aim
    ADD CONSTRAINT follow_up_aim_reached_fkey FOREIGN KEY (reached) REFERENCES public.aim_reached(code);
ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT follow_up_barrier_fkey FOREIGN KEY (barrier) REFERENCES public.follow_up_barrier(code);
ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT follow_up_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT follow_up_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT follow_up_state_fkey FOREIGN KEY (state) REFERENCES public.follow_up_state(code);
ALTER TABLE ONLY public.forward_commitment
    ADD CONSTRAINT forward_commitment_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.forward_commitment
    ADD CONSTRAINT forward_commitment_budget_id_fkey FOREIGN KEY (budget_id) REFERENCES public.budget(id);
ALTER TABLE ONLY public.forward_commitment
    ADD CONSTRAINT forward_commitment_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.forward_commitment
    ADD CONSTRAINT forward_commitment_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.forward_commitment
    ADD CONSTRAINT forward_commitment_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES public.offer(id);
ALTER TABLE ONLY public.forward_commitment
    ADD CONSTRAINT forward_commitment_state_fkey FOREIGN KEY (state) REFERENCES public.forward_state(code);
ALTER TABLE ONLY public.indicator
    ADD CONSTRAINT indicator_file_fkey FOREIGN KEY (file) REFERENCES public.register_file_kind(code);
ALTER TABLE ONLY public.information_request
    ADD CONSTRAINT information_request_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.information_request
    ADD CONSTRAINT information_request_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.information_request
    ADD CONSTRAINT information_request_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.interest
    ADD CONSTRAINT interest_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.event(id);
ALTER TABLE ONLY public.interest
    ADD CONSTRAINT interest_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.kept_form
    ADD CONSTRAINT kept_form_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.leave_cover
    ADD CONSTRAINT leave_cover_arranged_by_fkey FOREIGN KEY (arranged_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.leave_cover
    ADD CONSTRAINT leave_cover_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.leave_cover
    ADD CONSTRAINT leave_cover_place_fkey FOREIGN KEY (place) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.leave_cover
    ADD CONSTRAINT leave_cover_stand_in_id_fkey FOREIGN KEY (stand_in_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_closing_id_fkey FOREIGN KEY (closing_id) REFERENCES public.year_closing(id);
ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.event(id);
ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_from_account_fkey FOREIGN KEY (from_account) REFERENCES public.money_account(id);
ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_kind_fkey FOREIGN KEY (kind) REFERENCES public.entry_kind(code);
ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_practice_fkey FOREIGN KEY (practice) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_to_account_fkey FOREIGN KEY (to_account) REFERENCES public.money_account(id);
ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_sent_by_fkey FOREIGN KEY (sent_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.list_size
    ADD CONSTRAINT list_size_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.register_import(id);
ALTER TABLE ONLY public.list_size
    ADD CONSTRAINT list_size_practice_fkey FOREIGN KEY (practice) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.milestone
    ADD CONSTRAINT milestone_action_fkey FOREIGN KEY (action) REFERENCES public.high_impact_action(code);
ALTER TABLE ONLY public.milestone
    ADD CONSTRAINT milestone_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.milestone
    ADD CONSTRAINT milestone_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.milestone_move
    ADD CONSTRAINT milestone_move_milestone_id_fkey FOREIGN KEY (milestone_id) REFERENCES public.milestone(id);
ALTER TABLE ONLY public.milestone_move
    ADD CONSTRAINT milestone_move_moved_by_fkey FOREIGN KEY (moved_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.milestone
    ADD CONSTRAINT milestone_owner_fkey FOREIGN KEY (owner) REFERENCES public.milestone_owner(code);
ALTER TABLE ONLY public.milestone
    ADD CONSTRAINT milestone_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.milestone
    ADD CONSTRAINT milestone_state_fkey FOREIGN KEY (state) REFERENCES public.milestone_state(code);
ALTER TABLE ONLY public.money_account
    ADD CONSTRAINT money_account_budget_id_fkey FOREIGN KEY (budget_id) REFERENCES public.budget(id);
ALTER TABLE ONLY public.money_account
    ADD CONSTRAINT money_account_state_fkey FOREIGN KEY (state) REFERENCES public.money_state(code);
ALTER TABLE ONLY public.money_flow
    ADD CONSTRAINT money_flow_from_budget_fkey FOREIGN KEY (from_budget) REFERENCES public.budget(id);
ALTER TABLE ONLY public.money_flow
    ADD CONSTRAINT money_flow_from_state_fkey FOREIGN KEY (from_state) REFERENCES public.money_state(code);
ALTER TABLE ONLY public.money_flow
    ADD CONSTRAINT money_flow_to_budget_fkey FOREIGN KEY (to_budget) REFERENCES public.budget(id);
ALTER TABLE ONLY public.money_flow
    ADD CONSTRAINT money_flow_to_state_fkey FOREIGN KEY (to_state) REFERENCES public.money_state(code);
ALTER TABLE ONLY public.offer_answer
    ADD CONSTRAINT offer_answer_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES public.offer(id);
ALTER TABLE ONLY public.offer_answer
    ADD CONSTRAINT offer_answer_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.offer_answer
    ADD CONSTRAINT offer_answer_practice_fkey FOREIGN KEY (practice) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.offer_question
    ADD CONSTRAINT offer_question_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.offer_question
    ADD CONSTRAINT offer_question_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.offer_question
    ADD CONSTRAINT offer_question_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES public.offer(id);
ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_varies_id_fkey FOREIGN KEY (varies_id) REFERENCES public.offer(id);
ALTER TABLE ONLY public.offer_writer
    ADD CONSTRAINT offer_writer_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES public.offer(id);
ALTER TABLE ONLY public.offer_writer
    ADD CONSTRAINT offer_writer_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT organisation_area_fkey FOREIGN KEY (area) REFERENCES public.organisation(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT organisation_commissioner_fkey FOREIGN KEY (commissioner) REFERENCES public.organisation(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT organisation_kind_fkey FOREIGN KEY (kind) REFERENCES public.organisation_kind(code);
ALTER TABLE ONLY public.organisation_period
    ADD CONSTRAINT organisation_period_attribute_fkey FOREIGN KEY (attribute) REFERENCES public.organisation_attribute(code);
ALTER TABLE ONLY public.organisation_period
    ADD CONSTRAINT organisation_period_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.register_import(id);
ALTER TABLE ONLY public.organisation_period
    ADD CONSTRAINT organisation_period_organisation_fkey FOREIGN KEY (organisation) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.organisation_period
    ADD CONSTRAINT organisation_period_parent_fkey FOREIGN KEY (parent) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT organisation_region_fkey FOREIGN KEY (region) REFERENCES public.organisation(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisation_successor
    ADD CONSTRAINT organisation_successor_kind_fkey FOREIGN KEY (kind) REFERENCES public.successor_kind(code);
ALTER TABLE ONLY public.organisation_successor
    ADD CONSTRAINT organisation_successor_predecessor_fkey FOREIGN KEY (predecessor) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.organisation_successor
    ADD CONSTRAINT organisation_successor_successor_fkey FOREIGN KEY (successor) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.payment_batch
    ADD CONSTRAINT payment_batch_released_by_fkey FOREIGN KEY (released_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.payment_batch
    ADD CONSTRAINT payment_batch_team_fkey FOREIGN KEY (team) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.payment_correction
    ADD CONSTRAINT payment_correction_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.payment_correction
    ADD CONSTRAINT payment_correction_back_by_fkey FOREIGN KEY (back_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.payment_correction
    ADD CONSTRAINT payment_correction_back_kind_fkey FOREIGN KEY (back_kind) REFERENCES public.payment_back(code);
ALTER TABLE ONLY public.payment_correction
    ADD CONSTRAINT payment_correction_item_id_fkey FOREIGN KEY (item_id) REFERENCES public.payment_item(id);
ALTER TABLE ONLY public.payment_correction
    ADD CONSTRAINT payment_correction_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.payment_correction
    ADD CONSTRAINT payment_correction_state_fkey FOREIGN KEY (state) REFERENCES public.payment_correction_state(code);
ALTER TABLE ONLY public.payment_download
    ADD CONSTRAINT payment_download_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES public.payment_batch(id);
ALTER TABLE ONLY public.payment_download
    ADD CONSTRAINT payment_download_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.event(id);
ALTER TABLE ONLY public.payment_download
    ADD CONSTRAINT payment_download_format_fkey FOREIGN KEY (format) REFERENCES public.payment_file_format(code);
ALTER TABLE ONLY public.payment_download
    ADD CONSTRAINT payment_download_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.payment_item
    ADD CONSTRAINT payment_item_back_by_fkey FOREIGN KEY (back_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.payment_item
    ADD CONSTRAINT payment_item_back_kind_fkey FOREIGN KEY (back_kind) REFERENCES public.payment_back(code);
ALTER TABLE ONLY public.payment_item
    ADD CONSTRAINT payment_item_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES public.payment_batch(id);
ALTER TABLE ONLY public.payment_item
    ADD CONSTRAINT payment_item_claim_id_fkey FOREIGN KEY (claim_id) REFERENCES public.claim(id);
ALTER TABLE ONLY public.payment_item
    ADD CONSTRAINT payment_item_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.practice_indicator
    ADD CONSTRAINT practice_indicator_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.register_import(id);
ALTER TABLE ONLY public.practice_indicator
    ADD CONSTRAINT practice_indicator_indicator_fkey FOREIGN KEY (indicator) REFERENCES public.indicator(code);
ALTER TABLE ONLY public.practice_indicator
    ADD CONSTRAINT practice_indicator_practice_fkey FOREIGN KEY (practice) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.practice_word
    ADD CONSTRAINT practice_word_practice_fkey FOREIGN KEY (practice) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.progress_line
    ADD CONSTRAINT progress_line_line_id_fkey FOREIGN KEY (line_id) REFERENCES public.support_line(id);
ALTER TABLE ONLY public.progress_line
    ADD CONSTRAINT progress_line_report_id_fkey FOREIGN KEY (report_id) REFERENCES public.progress_report(id);
ALTER TABLE ONLY public.progress_report
    ADD CONSTRAINT progress_report_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.progress_report
    ADD CONSTRAINT progress_report_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.provider(id);
ALTER TABLE ONLY public.progress_report
    ADD CONSTRAINT progress_report_rating_fkey FOREIGN KEY (rating) REFERENCES public.progress_rating(code);
ALTER TABLE ONLY public.progress_report
    ADD CONSTRAINT progress_report_read_by_fkey FOREIGN KEY (read_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.progress_report
    ADD CONSTRAINT progress_report_written_by_fkey FOREIGN KEY (written_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.provider_area
    ADD CONSTRAINT provider_area_area_fkey FOREIGN KEY (area) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.provider_area
    ADD CONSTRAINT provider_area_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.provider(id);
ALTER TABLE ONLY public.provider_capacity
    ADD CONSTRAINT provider_capacity_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.provider(id);
ALTER TABLE ONLY public.provider_skill
    ADD CONSTRAINT provider_skill_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.provider(id);
ALTER TABLE ONLY public.receipt_dispute
    ADD CONSTRAINT receipt_dispute_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.receipt_dispute
    ADD CONSTRAINT receipt_dispute_claim_id_fkey FOREIGN KEY (claim_id) REFERENCES public.claim(id);
ALTER TABLE ONLY public.receipt_dispute
    ADD CONSTRAINT receipt_dispute_outcome_fkey FOREIGN KEY (outcome) REFERENCES public.dispute_outcome(code);
ALTER TABLE ONLY public.receipt_dispute
    ADD CONSTRAINT receipt_dispute_raised_by_fkey FOREIGN KEY (raised_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.receipt_dispute
    ADD CONSTRAINT receipt_dispute_reason_fkey FOREIGN KEY (reason) REFERENCES public.dispute_reason(code);
ALTER TABLE ONLY public.recommendation
    ADD CONSTRAINT recommendation_assessment_id_fkey FOREIGN KEY (assessment_id) REFERENCES public.assessment(id);
ALTER TABLE ONLY public.recommendation
    ADD CONSTRAINT recommendation_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.recommendation
    ADD CONSTRAINT recommendation_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.recovery
    ADD CONSTRAINT recovery_claim_id_fkey FOREIGN KEY (claim_id) REFERENCES public.claim(id);
ALTER TABLE ONLY public.recovery
    ADD CONSTRAINT recovery_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.recovery
    ADD CONSTRAINT recovery_first_by_fkey FOREIGN KEY (first_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.recovery_instalment
    ADD CONSTRAINT recovery_instalment_recovery_id_fkey FOREIGN KEY (recovery_id) REFERENCES public.recovery(id);
ALTER TABLE ONLY public.recovery
    ADD CONSTRAINT recovery_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.recovery
    ADD CONSTRAINT recovery_raised_by_fkey FOREIGN KEY (raised_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.recovery
    ADD CONSTRAINT recovery_reason_fkey FOREIGN KEY (reason) REFERENCES public.recovery_reason(code);
ALTER TABLE ONLY public.recovery_receipt
    ADD CONSTRAINT recovery_receipt_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.recovery_receipt
    ADD CONSTRAINT recovery_receipt_recovery_id_fkey FOREIGN KEY (recovery_id) REFERENCES public.recovery(id);
ALTER TABLE ONLY public.recovery
    ADD CONSTRAINT recovery_state_fkey FOREIGN KEY (state) REFERENCES public.recovery_state(code);
ALTER TABLE ONLY public.recovery
    ADD CONSTRAINT recovery_waived_by_fkey FOREIGN KEY (waived_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.register_import
    ADD CONSTRAINT register_import_kind_fkey FOREIGN KEY (kind) REFERENCES public.register_file_kind(code);
ALTER TABLE ONLY public.register_import
    ADD CONSTRAINT register_import_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.remittance
    ADD CONSTRAINT remittance_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES public.payment_batch(id);
ALTER TABLE ONLY public.remittance
    ADD CONSTRAINT remittance_imported_by_fkey FOREIGN KEY (imported_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.remittance_line
    ADD CONSTRAINT remittance_line_item_id_fkey FOREIGN KEY (item_id) REFERENCES public.payment_item(id);
ALTER TABLE ONLY public.remittance_line
    ADD CONSTRAINT remittance_line_remittance_id_fkey FOREIGN KEY (remittance_id) REFERENCES public.remittance(id);
ALTER TABLE ONLY public.reserve_entry
    ADD CONSTRAINT reserve_entry_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.reserve_entry
    ADD CONSTRAINT reserve_entry_team_fkey FOREIGN KEY (team) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.reserve_move
    ADD CONSTRAINT reserve_move_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES public.reserve_entry(id);
ALTER TABLE ONLY public.reserve_move
    ADD CONSTRAINT reserve_move_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.reserve_move
    ADD CONSTRAINT reserve_move_team_fkey FOREIGN KEY (team) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.role_assignment
    ADD CONSTRAINT role_assignment_organisation_fkey FOREIGN KEY (organisation) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.role_assignment
    ADD CONSTRAINT role_assignment_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.role_assignment
    ADD CONSTRAINT role_assignment_role_fkey FOREIGN KEY (role) REFERENCES public.role(code);
ALTER TABLE ONLY public.rule_claim_target
    ADD CONSTRAINT rule_claim_target_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES public.rule_set(id);
ALTER TABLE ONLY public.rule_criterion
    ADD CONSTRAINT rule_criterion_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES public.rule_set(id);
ALTER TABLE ONLY public.rule_domain
    ADD CONSTRAINT rule_domain_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES public.rule_set(id);
ALTER TABLE ONLY public.rule_limit
    ADD CONSTRAINT rule_limit_role_fkey FOREIGN KEY (role) REFERENCES public.role(code);
ALTER TABLE ONLY public.rule_limit
    ADD CONSTRAINT rule_limit_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES public.rule_set(id);
ALTER TABLE ONLY public.rule_matrix_cell
    ADD CONSTRAINT rule_matrix_cell_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES public.rule_set(id);
ALTER TABLE ONLY public.rule_menu_item
    ADD CONSTRAINT rule_menu_item_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES public.rule_set(id);
ALTER TABLE ONLY public.rule_need_area
    ADD CONSTRAINT rule_need_area_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES public.rule_set(id);
ALTER TABLE ONLY public.rule_rating
    ADD CONSTRAINT rule_rating_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES public.rule_set(id);
ALTER TABLE ONLY public.rule_set
    ADD CONSTRAINT rule_set_copied_from_fkey FOREIGN KEY (copied_from) REFERENCES public.rule_set(id);
ALTER TABLE ONLY public.rule_set
    ADD CONSTRAINT rule_set_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.rule_set_editor
    ADD CONSTRAINT rule_set_editor_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.rule_set_editor
    ADD CONSTRAINT rule_set_editor_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES public.rule_set(id);
ALTER TABLE ONLY public.rule_set
    ADD CONSTRAINT rule_set_published_by_fkey FOREIGN KEY (published_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.rule_setting
    ADD CONSTRAINT rule_setting_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES public.rule_set(id);
ALTER TABLE ONLY public.rule_target
    ADD CONSTRAINT rule_target_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES public.rule_set(id);
ALTER TABLE ONLY public.rule_template
    ADD CONSTRAINT rule_template_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES public.rule_set(id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_cover_id_fkey FOREIGN KEY (cover_id) REFERENCES public.leave_cover(id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.submission
    ADD CONSTRAINT submission_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.support_case
    ADD CONSTRAINT support_case_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.support_case
    ADD CONSTRAINT support_case_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.support_case
    ADD CONSTRAINT support_case_region_fkey FOREIGN KEY (region) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.support_case
    ADD CONSTRAINT support_case_route_fkey FOREIGN KEY (route) REFERENCES public.case_route(code);
ALTER TABLE ONLY public.support_case
    ADD CONSTRAINT support_case_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES public.rule_set(id);
ALTER TABLE ONLY public.support_case
    ADD CONSTRAINT support_case_state_fkey FOREIGN KEY (state) REFERENCES public.case_state(code);
ALTER TABLE ONLY public.support_case
    ADD CONSTRAINT support_case_team_fkey FOREIGN KEY (team) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.support_line
    ADD CONSTRAINT support_line_budget_id_fkey FOREIGN KEY (budget_id) REFERENCES public.budget(id);
ALTER TABLE ONLY public.support_line
    ADD CONSTRAINT support_line_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.offer(id);
ALTER TABLE ONLY public.support_line
    ADD CONSTRAINT support_line_forward_id_fkey FOREIGN KEY (forward_id) REFERENCES public.forward_commitment(id);
ALTER TABLE ONLY public.support_line
    ADD CONSTRAINT support_line_late_of_fkey FOREIGN KEY (late_of) REFERENCES public.support_line(id);
ALTER TABLE ONLY public.support_line
    ADD CONSTRAINT support_line_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES public.offer(id);
ALTER TABLE ONLY public.support_line
    ADD CONSTRAINT support_line_practice_fkey FOREIGN KEY (practice) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.support_line
    ADD CONSTRAINT support_line_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.provider(id);
ALTER TABLE ONLY public.support_line
    ADD CONSTRAINT support_line_unit_fkey FOREIGN KEY (unit) REFERENCES public.line_unit(code);
ALTER TABLE ONLY public.support_line
    ADD CONSTRAINT support_line_varies_id_fkey FOREIGN KEY (varies_id) REFERENCES public.support_line(id);
ALTER TABLE ONLY public.undelivered_line
    ADD CONSTRAINT undelivered_line_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.support_case(id);
ALTER TABLE ONLY public.undelivered_line
    ADD CONSTRAINT undelivered_line_line_id_fkey FOREIGN KEY (line_id) REFERENCES public.support_line(id);
ALTER TABLE ONLY public.undelivered_line
    ADD CONSTRAINT undelivered_line_reason_fkey FOREIGN KEY (reason) REFERENCES public.undelivered_reason(code);
ALTER TABLE ONLY public.undelivered_line
    ADD CONSTRAINT undelivered_line_unit_fkey FOREIGN KEY (unit) REFERENCES public.line_unit(code);
ALTER TABLE ONLY public.year_closing
    ADD CONSTRAINT year_closing_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.year_closing
    ADD CONSTRAINT year_closing_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.year_closing
    ADD CONSTRAINT year_closing_state_fkey FOREIGN KEY (state) REFERENCES public.year_closing_state(code);
ALTER TABLE ONLY public.year_closing
    ADD CONSTRAINT year_closing_team_fkey FOREIGN KEY (team) REFERENCES public.organisation(code);
ALTER TABLE ONLY public.year_end_decision
    ADD CONSTRAINT year_end_decision_choice_fkey FOREIGN KEY (choice) REFERENCES public.year_end_choice(code);
ALTER TABLE ONLY public.year_end_decision
    ADD CONSTRAINT year_end_decision_line_id_fkey FOREIGN KEY (line_id) REFERENCES public.support_line(id);
ALTER TABLE ONLY public.year_end_decision
    ADD CONSTRAINT year_end_decision_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.year_end_release
    ADD CONSTRAINT year_end_release_closing_id_fkey FOREIGN KEY (closing_id) REFERENCES public.year_closing(id);
ALTER TABLE ONLY public.year_end_release
    ADD CONSTRAINT year_end_release_line_id_fkey FOREIGN KEY (line_id) REFERENCES public.support_line(id);
