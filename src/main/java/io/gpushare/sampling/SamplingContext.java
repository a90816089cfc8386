package io.gpushare.sampling;

import io.gpushare.sampling.InstrumentReport.CallReport;
import io.gpushare.time.Time;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What all probes share: one time, one set of listeners, one account of what the questions cost. */
record SamplingContext(Time clocks, UnixTime time, Broadcast broadcast, Map<String, CallStatistics> statistics) {
    SamplingContext(Time clocks, UnixTime time, Broadcast broadcast) {
        this(clocks, time, broadcast, new ConcurrentSkipListMap<>());
    }

    CallStatistics calls(String name) {
        return statistics.computeIfAbsent(name, added -> new CallStatistics(added, clocks));
    }

    List<CallReport> callReports() {
        return statistics.values().stream().map(CallStatistics::report).toList();
    }
}
