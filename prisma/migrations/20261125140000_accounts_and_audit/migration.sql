-- CreateTable
CREATE TABLE "account" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "login" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "staff_name" TEXT,
    "roles" TEXT[],
    "mail" TEXT,
    "state" TEXT NOT NULL,
    "password_hash" TEXT,
    "totp_secret" BYTEA,
    "totp_step" INTEGER,
    "totp_since" TIMESTAMPTZ(3),
    "rights" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" INTEGER,
    "last_sign_in_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "account_id" INTEGER NOT NULL,
    "token_hash" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "rights" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "address" TEXT NOT NULL,
    "agent" TEXT NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "account_id" INTEGER NOT NULL,
    "code_hash" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "made_by" INTEGER,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recovery_code" (
    "school_id" INTEGER NOT NULL,
    "account_id" INTEGER NOT NULL,
    "code_hash" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("school_id","account_id","code_hash")
);

-- CreateTable
CREATE TABLE "auth_throttle" (
    "school_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "auth_throttle_pkey" PRIMARY KEY ("school_id","key")
);

-- CreateTable
CREATE TABLE "entitlement" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "account_id" INTEGER NOT NULL,
    "order_number" TEXT NOT NULL,
    "order_date" DATE NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "made_by" INTEGER,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" INTEGER,

    CONSTRAINT "entitlement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "school_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "account_id" INTEGER,
    "action" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "details" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("school_id","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_school_id_login_key" ON "account"("school_id", "login");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_school_id_account_id_idx" ON "session"("school_id", "account_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_code_hash_key" ON "invitation"("code_hash");

-- CreateIndex
CREATE INDEX "invitation_school_id_account_id_idx" ON "invitation"("school_id", "account_id");

-- CreateIndex
CREATE INDEX "entitlement_school_id_account_id_idx" ON "entitlement"("school_id", "account_id");

-- CreateIndex
CREATE INDEX "audit_event_school_id_at_idx" ON "audit_event"("school_id", "at");

-- CreateIndex
CREATE INDEX "audit_event_school_id_account_id_idx" ON "audit_event"("school_id", "account_id");

-- The audit only grows: whoever holds the database password of the service cannot change a line by a statement alone.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_event is append-only';
END
$$;

CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON "audit_event"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

CREATE TRIGGER audit_event_never_emptied BEFORE TRUNCATE ON "audit_event"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
