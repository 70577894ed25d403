-- AlterTable
ALTER TABLE "finding" ADD COLUMN     "about" TEXT,
ADD COLUMN     "waived_at" TIMESTAMPTZ(3),
ADD COLUMN     "waiver_id" INTEGER;

-- AlterTable
ALTER TABLE "check" ADD COLUMN     "gaps" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "import" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "added" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "removed" INTEGER NOT NULL,
    "before" JSONB NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "curriculum_row" (
    "school_id" INTEGER NOT NULL,
    "class_external_id" TEXT NOT NULL,
    "subject_external_id" TEXT NOT NULL,
    "weekly_hours" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "curriculum_row_pkey" PRIMARY KEY ("school_id","class_external_id","subject_external_id")
);

-- CreateTable
CREATE TABLE "load_row" (
    "school_id" INTEGER NOT NULL,
    "class_external_id" TEXT NOT NULL,
    "subject_external_id" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "holder_external_id" TEXT,
    "weekly_hours" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "load_row_pkey" PRIMARY KEY ("school_id","class_external_id","subject_external_id","group","holder")
);

-- CreateTable
CREATE TABLE "planned_topic" (
    "school_id" INTEGER NOT NULL,
    "class_external_id" TEXT NOT NULL,
    "subject_external_id" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "planned_on" DATE,
    "topic" TEXT NOT NULL,
    "hours" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "planned_topic_pkey" PRIMARY KEY ("school_id","class_external_id","subject_external_id","group","number")
);

-- CreateTable
CREATE TABLE "delivery_agreement" (
    "school_id" INTEGER NOT NULL,
    "pupil_external_id" TEXT NOT NULL,
    "guardian" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    "basis" TEXT,
    "agreed_on" DATE,
    "address" TEXT,
    "large_print" BOOLEAN NOT NULL DEFAULT false,
    "plain" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "delivery_agreement_pkey" PRIMARY KEY ("school_id","pupil_external_id","guardian")
);

-- CreateTable
CREATE TABLE "substitution" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "absent" TEXT NOT NULL,
    "absent_external_id" TEXT,
    "substitute" TEXT NOT NULL,
    "substitute_external_id" TEXT,
    "class_external_id" TEXT,
    "subject_external_id" TEXT,

    CONSTRAINT "substitution_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "parent_look" (
    "school_id" INTEGER NOT NULL,
    "pupil_external_id" TEXT NOT NULL,
    "on" DATE NOT NULL,
    "kind" TEXT NOT NULL,

    CONSTRAINT "parent_look_pkey" PRIMARY KEY ("school_id","pupil_external_id","on","kind")
);

-- CreateTable
CREATE TABLE "archive_record" (
    "school_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "class_external_id" TEXT NOT NULL,
    "verified_on" DATE,
    "handed_on" DATE,

    CONSTRAINT "archive_record_pkey" PRIMARY KEY ("school_id","kind","starts_on","class_external_id")
);

-- CreateTable
CREATE TABLE "printed_notice" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "pupil_external_id" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "printed_at" TIMESTAMPTZ(3) NOT NULL,
    "handed_at" TIMESTAMPTZ(3),

    CONSTRAINT "printed_notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "roster_change" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "pupil_external_id" TEXT NOT NULL,
    "from_class_external_id" TEXT,
    "to_class_external_id" TEXT,
    "administrator_at" TIMESTAMPTZ(3),
    "class_teacher_at" TIMESTAMPTZ(3),

    CONSTRAINT "roster_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "waiver" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "finding_id" TEXT,
    "person" TEXT,
    "rules" TEXT[],
    "starts_on" DATE,
    "ends_on" DATE,
    "reason" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_on" DATE,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,

    CONSTRAINT "waiver_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accepted_policy" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "accepted_at" TIMESTAMPTZ(3) NOT NULL,
    "author" TEXT NOT NULL,

    CONSTRAINT "accepted_policy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "control" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "policy" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "conclusion" TEXT NOT NULL,
    "concluded_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "control_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "import_school_id_kind_idx" ON "import"("school_id", "kind");

-- CreateIndex
CREATE INDEX "substitution_school_id_starts_on_idx" ON "substitution"("school_id", "starts_on");

-- CreateIndex
CREATE INDEX "printed_notice_school_id_pupil_external_id_idx" ON "printed_notice"("school_id", "pupil_external_id");

-- CreateIndex
CREATE INDEX "roster_change_school_id_idx" ON "roster_change"("school_id");

-- CreateIndex
CREATE INDEX "waiver_school_id_idx" ON "waiver"("school_id");

-- CreateIndex
CREATE INDEX "accepted_policy_school_id_idx" ON "accepted_policy"("school_id");

-- CreateIndex
CREATE UNIQUE INDEX "control_school_id_month_key" ON "control"("school_id", "month");
