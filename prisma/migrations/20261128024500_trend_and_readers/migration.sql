-- CreateTable
CREATE TABLE "week_tally" (
    "school_id" INTEGER NOT NULL,
    "starts_on" DATE NOT NULL,
    "rule" TEXT NOT NULL,
    "class_external_id" TEXT NOT NULL,
    "accountable" TEXT NOT NULL,
    "in_time" INTEGER NOT NULL,

    CONSTRAINT "week_tally_pkey" PRIMARY KEY ("school_id","starts_on","rule","class_external_id","accountable")
);

-- CreateTable
CREATE TABLE "control_reader" (
    "school_id" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "read_on" DATE NOT NULL,
    "noted_at" TIMESTAMPTZ(3) NOT NULL,
    "noted_by" INTEGER,

    CONSTRAINT "control_reader_pkey" PRIMARY KEY ("school_id","month","person")
);
