-- CreateTable
CREATE TABLE "api_token" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "account_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "scopes" TEXT[],
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "made_by" INTEGER,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" INTEGER,
    "used_at" TIMESTAMPTZ(3),
    "used_from" TEXT,

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "api_token_token_hash_key" ON "api_token"("token_hash");

-- CreateIndex
CREATE INDEX "api_token_school_id_account_id_idx" ON "api_token"("school_id", "account_id");

-- CreateIndex
CREATE INDEX "finding_school_id_opened_at_id_idx" ON "finding"("school_id", "opened_at", "id");
