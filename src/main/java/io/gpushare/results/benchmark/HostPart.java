package io.gpushare.results.benchmark;

import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.TenantResult.HostUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What of the host may have made a tenant's figures unsure, besides the speed of its core. */
final class HostPart {
    /** Of the measured time. */
    private static final double MUCH_WAITING = 0.1;

    /** Of the time that programs wanted. */
    private static final double MUCH_STOLEN = 0.05;

    /** Of all processors. */
    private static final double MUCH_OF_OTHERS = 0.1;

    private HostPart() {}

    static List<String> sentences(TenantResult tenant, double seconds, Reading<HostLoad> host) {
        List<String> sentences = new ArrayList<>();
        tenant.host()
                .asOptional()
                .map(HostUse::waitedS)
                .flatMap(Reading::asOptional)
                .filter(waited -> waited >= MUCH_WAITING * seconds)
                .ifPresent(waited -> sentences.add(String.format(
                        Locale.ROOT,
                        "Its threads waited for a core for %.1f s of %.1f s, though they could have run: there are too"
                                + " few cores, or others work on them.",
                        waited,
                        seconds)));
        Optional<HostLoad> load = host.asOptional();
        load.filter(known -> known.stolen() >= MUCH_STOLEN * (known.used() + known.stolen()) && known.stolen() > 0)
                .ifPresent(known -> sentences.add(String.format(
                        Locale.ROOT,
                        "The hypervisor took %.0f %% of the processor time that programs wanted (steal): the host is"
                                + " shared with other guests.",
                        100 * known.stolen() / (known.used() + known.stolen()))));
        load.flatMap(known -> known.others()
                        .asOptional()
                        .filter(others -> others >= MUCH_OF_OTHERS * known.cpus())
                        .map(others -> String.format(
                                Locale.ROOT,
                                "Other programs kept %.1f of the %d processors busy.",
                                others,
                                known.cpus())))
                .ifPresent(sentences::add);
        return sentences;
    }
}
