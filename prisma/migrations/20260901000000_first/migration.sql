-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "origin" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "simulation" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "origin_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "school" (
    "id" SERIAL NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "max_mark" INTEGER NOT NULL DEFAULT 5,
    "build" TEXT,
    "account" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "school_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "term" (
    "school_id" INTEGER NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "starts_on" DATE,
    "ends_on" DATE,

    CONSTRAINT "term_pkey" PRIMARY KEY ("school_id","external_id")
);

-- CreateTable
CREATE TABLE "class_group" (
    "school_id" INTEGER NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "grade" INTEGER,
    "class_teacher" TEXT,
    "term_ids" TEXT[],
    "gone_at" TIMESTAMPTZ(3),

    CONSTRAINT "class_group_pkey" PRIMARY KEY ("school_id","external_id")
);

-- CreateTable
CREATE TABLE "pupil" (
    "school_id" INTEGER NOT NULL,
    "external_id" TEXT NOT NULL,
    "full_name" TEXT NOT NULL,
    "class_external_id" TEXT,
    "grade" INTEGER,
    "gone_at" TIMESTAMPTZ(3),

    CONSTRAINT "pupil_pkey" PRIMARY KEY ("school_id","external_id")
);

-- CreateTable
CREATE TABLE "subject" (
    "school_id" INTEGER NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "subject_pkey" PRIMARY KEY ("school_id","external_id")
);

-- CreateTable
CREATE TABLE "staff" (
    "school_id" INTEGER NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("school_id","external_id")
);

-- CreateTable
CREATE TABLE "letter" (
    "school_id" INTEGER NOT NULL,
    "external_id" TEXT NOT NULL,
    "letter" TEXT NOT NULL,
    "meaning" TEXT NOT NULL,

    CONSTRAINT "letter_pkey" PRIMARY KEY ("school_id","external_id")
);

-- CreateTable
CREATE TABLE "pass" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "pages" INTEGER NOT NULL DEFAULT 0,
    "pages_done" INTEGER NOT NULL DEFAULT 0,
    "pages_same" INTEGER NOT NULL DEFAULT 0,
    "pages_failed" INTEGER NOT NULL DEFAULT 0,
    "quarantined" INTEGER NOT NULL DEFAULT 0,
    "added" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "vanished" INTEGER NOT NULL DEFAULT 0,
    "requests" INTEGER NOT NULL DEFAULT 0,
    "trouble" TEXT,

    CONSTRAINT "pass_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pass_trouble" (
    "id" SERIAL NOT NULL,
    "pass_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "code" TEXT NOT NULL,
    "kind" TEXT,
    "class_external_id" TEXT,
    "pupil_external_id" TEXT,
    "sentence" TEXT NOT NULL,

    CONSTRAINT "pass_trouble_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "page_pass" (
    "school_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "class_external_id" TEXT NOT NULL,
    "pupil_external_id" TEXT NOT NULL,
    "pass_id" INTEGER NOT NULL,
    "asked_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "digest" TEXT,
    "facts" INTEGER NOT NULL DEFAULT 0,
    "lesson_external_ids" TEXT[],
    "held_digest" TEXT,
    "held_at" TIMESTAMPTZ(3),

    CONSTRAINT "page_pass_pkey" PRIMARY KEY ("school_id","kind","class_external_id","pupil_external_id")
);

-- CreateTable
CREATE TABLE "page" (
    "school_id" INTEGER NOT NULL,
    "class_external_id" TEXT NOT NULL,
    "subject_external_id" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "teacher_name" TEXT NOT NULL,

    CONSTRAINT "page_pkey" PRIMARY KEY ("school_id","class_external_id","subject_external_id","group")
);

-- CreateTable
CREATE TABLE "lesson" (
    "school_id" INTEGER NOT NULL,
    "external_id" TEXT NOT NULL,
    "class_external_id" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "subject_external_id" TEXT NOT NULL,
    "group" TEXT,
    "work_type" TEXT,
    "topic" TEXT,
    "homework" TEXT,
    "weight" DOUBLE PRECISION,
    "teacher_external_id" TEXT,
    "absent_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "content_absent_at" TIMESTAMPTZ(3),
    "content_seen_at" TIMESTAMPTZ(3),
    "vanished_at" TIMESTAMPTZ(3),

    CONSTRAINT "lesson_pkey" PRIMARY KEY ("school_id","external_id")
);

-- CreateTable
CREATE TABLE "entry" (
    "school_id" INTEGER NOT NULL,
    "pupil_external_id" TEXT NOT NULL,
    "lesson_external_id" TEXT NOT NULL,
    "class_external_id" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "subject_external_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "comment" TEXT,
    "absent_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "content_absent_at" TIMESTAMPTZ(3),
    "content_seen_at" TIMESTAMPTZ(3),
    "vanished_at" TIMESTAMPTZ(3),

    CONSTRAINT "entry_pkey" PRIMARY KEY ("school_id","pupil_external_id","lesson_external_id")
);

-- CreateTable
CREATE TABLE "final_mark" (
    "school_id" INTEGER NOT NULL,
    "pupil_external_id" TEXT NOT NULL,
    "term_external_id" TEXT NOT NULL,
    "subject_external_id" TEXT NOT NULL,
    "class_external_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "absent_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "content_absent_at" TIMESTAMPTZ(3),
    "content_seen_at" TIMESTAMPTZ(3),
    "vanished_at" TIMESTAMPTZ(3),

    CONSTRAINT "final_mark_pkey" PRIMARY KEY ("school_id","pupil_external_id","term_external_id","subject_external_id")
);

-- CreateTable
CREATE TABLE "message" (
    "school_id" INTEGER NOT NULL,
    "pupil_external_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "class_external_id" TEXT NOT NULL,
    "teacher_external_id" TEXT,
    "subject_external_id" TEXT,
    "date" DATE NOT NULL,
    "text" TEXT NOT NULL,
    "absent_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "content_absent_at" TIMESTAMPTZ(3),
    "content_seen_at" TIMESTAMPTZ(3),
    "vanished_at" TIMESTAMPTZ(3),

    CONSTRAINT "message_pkey" PRIMARY KEY ("school_id","pupil_external_id","hash")
);

-- CreateTable
CREATE TABLE "fact_version" (
    "id" BIGSERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "fact" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "class_external_id" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "absent_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "vanished_at" TIMESTAMPTZ(3),

    CONSTRAINT "fact_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding" (
    "id" TEXT NOT NULL,
    "school_id" INTEGER NOT NULL,
    "rule" TEXT NOT NULL,
    "clause" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "absent_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3),
    "class_external_id" TEXT NOT NULL,
    "class_name" TEXT NOT NULL,
    "subject_external_id" TEXT,
    "subject" TEXT,
    "lesson_date" DATE,
    "lesson_external_id" TEXT,
    "pupil_external_id" TEXT,
    "accountable_id" TEXT,
    "accountable" TEXT,
    "details" JSONB NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "finding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding_event" (
    "id" BIGSERIAL NOT NULL,
    "finding_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "cause" TEXT NOT NULL,

    CONSTRAINT "finding_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "check" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "policy" TEXT NOT NULL,
    "tallies" JSONB NOT NULL,

    CONSTRAINT "check_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "sender" TEXT NOT NULL,
    "recipients" TEXT[],
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "attachments" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "answer" TEXT,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tick" (
    "school_id" INTEGER NOT NULL,
    "job" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tick_pkey" PRIMARY KEY ("school_id","job")
);

-- CreateIndex
CREATE UNIQUE INDEX "school_external_id_key" ON "school"("external_id");

-- CreateIndex
CREATE INDEX "pupil_school_id_class_external_id_idx" ON "pupil"("school_id", "class_external_id");

-- CreateIndex
CREATE INDEX "pass_school_id_started_at_idx" ON "pass"("school_id", "started_at");

-- CreateIndex
CREATE INDEX "pass_trouble_pass_id_idx" ON "pass_trouble"("pass_id");

-- CreateIndex
CREATE INDEX "lesson_school_id_class_external_id_date_idx" ON "lesson"("school_id", "class_external_id", "date");

-- CreateIndex
CREATE INDEX "entry_school_id_class_external_id_idx" ON "entry"("school_id", "class_external_id");

-- CreateIndex
CREATE INDEX "fact_version_school_id_class_external_id_fact_idx" ON "fact_version"("school_id", "class_external_id", "fact");

-- CreateIndex
CREATE INDEX "finding_school_id_class_external_id_idx" ON "finding"("school_id", "class_external_id");

-- CreateIndex
CREATE INDEX "finding_school_id_status_idx" ON "finding"("school_id", "status");

-- CreateIndex
CREATE INDEX "finding_event_finding_id_idx" ON "finding_event"("finding_id");

-- CreateIndex
CREATE INDEX "finding_event_at_idx" ON "finding_event"("at");

-- CreateIndex
CREATE INDEX "check_school_id_as_of_idx" ON "check"("school_id", "as_of");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_key_key" ON "delivery"("key");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_message_id_key" ON "delivery"("message_id");

-- CreateIndex
CREATE INDEX "delivery_state_next_attempt_at_idx" ON "delivery"("state", "next_attempt_at");

-- AddForeignKey
ALTER TABLE "term" ADD CONSTRAINT "term_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "class_group" ADD CONSTRAINT "class_group_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pupil" ADD CONSTRAINT "pupil_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subject" ADD CONSTRAINT "subject_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff" ADD CONSTRAINT "staff_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pass" ADD CONSTRAINT "pass_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pass_trouble" ADD CONSTRAINT "pass_trouble_pass_id_fkey" FOREIGN KEY ("pass_id") REFERENCES "pass"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "page_pass" ADD CONSTRAINT "page_pass_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_event" ADD CONSTRAINT "finding_event_finding_id_fkey" FOREIGN KEY ("finding_id") REFERENCES "finding"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

