// One seed for all property tests of an ordinary run, so that the same tree gives the same answer twice; `TEST_SEED=random` looks further, as does a number.
import fc from "fast-check";

const { TEST_SEED = "20260901" } = process.env;

if (TEST_SEED !== "random") fc.configureGlobal({ seed: Number(TEST_SEED) });
