-- CreateTable
CREATE TABLE "notice_batch" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "composed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "batch_id" INTEGER NOT NULL,
    "pupil_external_id" TEXT NOT NULL,
    "class_external_id" TEXT NOT NULL,
    "class_name" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "edition" INTEGER NOT NULL DEFAULT 1,
    "contents" JSONB NOT NULL,
    "facts_at" TIMESTAMPTZ(3) NOT NULL,
    "composed_at" TIMESTAMPTZ(3) NOT NULL,
    "slip_code" TEXT NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_cause" TEXT,
    "printed_at" TIMESTAMPTZ(3),
    "handed_at" TIMESTAMPTZ(3),
    "returned_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "print_file" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "batch_id" INTEGER NOT NULL,
    "class_external_id" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "layout" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "pdf" BYTEA NOT NULL,
    "pages" INTEGER NOT NULL,
    "places" JSONB NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "print_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "print_job" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "file_id" INTEGER NOT NULL,
    "printer" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "external_id" TEXT,
    "from_page" INTEGER NOT NULL DEFAULT 1,
    "pages_done" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "print_job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scan_file" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "path" TEXT,
    "pages" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "refusal" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "keep_until" DATE NOT NULL,
    "destroyed_at" TIMESTAMPTZ(3),

    CONSTRAINT "scan_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scanned_slip" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "scan_file_id" INTEGER NOT NULL,
    "page" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "code" TEXT,
    "notice_id" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "cleared_at" TIMESTAMPTZ(3),

    CONSTRAINT "scanned_slip_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "notice_batch_school_id_number_key" ON "notice_batch"("school_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "notice_batch_school_id_key_key" ON "notice_batch"("school_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "notice_slip_code_key" ON "notice"("slip_code");

-- CreateIndex
CREATE INDEX "notice_school_id_pupil_external_id_idx" ON "notice"("school_id", "pupil_external_id");

-- CreateIndex
CREATE UNIQUE INDEX "notice_batch_id_pupil_external_id_edition_key" ON "notice"("batch_id", "pupil_external_id", "edition");

-- CreateIndex
CREATE INDEX "print_file_school_id_batch_id_idx" ON "print_file"("school_id", "batch_id");

-- CreateIndex
CREATE INDEX "print_job_school_id_state_idx" ON "print_job"("school_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "scan_file_school_id_digest_key" ON "scan_file"("school_id", "digest");

-- CreateIndex
CREATE INDEX "scanned_slip_school_id_kind_idx" ON "scanned_slip"("school_id", "kind");

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "notice_batch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "print_file" ADD CONSTRAINT "print_file_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "notice_batch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "print_job" ADD CONSTRAINT "print_job_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "print_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scanned_slip" ADD CONSTRAINT "scanned_slip_scan_file_id_fkey" FOREIGN KEY ("scan_file_id") REFERENCES "scan_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
