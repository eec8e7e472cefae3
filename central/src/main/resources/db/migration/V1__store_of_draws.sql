-- What several centrals share. Every key leads with draw and agency, so that an engine that
-- shards can cut by agency; nothing on the way of a batch but these rows.

-- A draw, agency 0 throughout. Locked by a draw, and shared by who makes the row of an agency.
CREATE TABLE draws (
	draw text NOT NULL,
	agency integer NOT NULL DEFAULT 0 CHECK (agency = 0),
	winning_number integer NOT NULL,
	-- as in draw.json; null until the draw has happened
	record text,
	-- the attempt that drew, to recognise a commit whose answer was lost
	drawn_by uuid,
	purged timestamp with time zone,
	PRIMARY KEY (draw, agency)
);

-- How far each agency is. Whoever stores its next bets holds this row.
CREATE TABLE agencies (
	draw text NOT NULL,
	agency integer NOT NULL,
	stored bigint NOT NULL DEFAULT 0,
	-- the transaction that stored last, to recognise a commit whose answer was lost
	writer uuid,
	-- has finished
	closed boolean NOT NULL DEFAULT false,
	-- takes no bets any more: it has finished, or the draw has happened
	ended boolean NOT NULL DEFAULT false,
	-- over its rows, and its winning documents, a line feed behind each; known once it has ended
	sha256 text,
	winners text,
	PRIMARY KEY (draw, agency)
) WITH (fillfactor = 50);

-- The fields of bets.csv as they stand there; seq counts an agency's bets from 0.
CREATE TABLE bets (
	draw text NOT NULL,
	agency integer NOT NULL,
	seq bigint NOT NULL,
	first_name text NOT NULL,
	last_name text NOT NULL,
	document text NOT NULL,
	birthdate text NOT NULL,
	number integer NOT NULL,
	PRIMARY KEY (draw, agency, seq)
);
