-- CreateTable
CREATE TABLE "refusal" (
    "school_id" INTEGER NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refusal_pkey" PRIMARY KEY ("school_id","fingerprint")
);

-- CreateTable
CREATE TABLE "alert" (
    "school_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "told_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_pkey" PRIMARY KEY ("school_id","kind","subject")
);
