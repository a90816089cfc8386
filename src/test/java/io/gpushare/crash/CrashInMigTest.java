package io.gpushare.crash;

/** MIG, on its own and with MPS inside. */
final class CrashInMigTest extends CrashCampaignPart {
    CrashInMigTest() {
        super(Scenario::mig);
    }
}
