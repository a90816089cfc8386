package io.gpushare.crash;

/** Time-slicing and MPS. */
final class CrashOutsideMigTest extends CrashCampaignPart {
    CrashOutsideMigTest() {
        super(scenario -> !scenario.mig());
    }
}
