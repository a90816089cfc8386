package io.gpushare.sampling;

import io.gpushare.sampling.InstrumentReport.CallReport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What all probes share: one time, one set of listeners, one account of what the questions cost. */
record SamplingContext(Ticker ticker, UnixTime time, Broadcast broadcast, Map<String, CallStatistics> statistics) {
    SamplingContext(Ticker ticker, UnixTime time, Broadcast broadcast) {
        this(ticker, time, broadcast, new ConcurrentSkipListMap<>());
    }

    CallStatistics calls(String name) {
        return statistics.computeIfAbsent(name, added -> new CallStatistics(added, ticker));
    }

    List<CallReport> callReports() {
        return statistics.values().stream().map(CallStatistics::report).toList();
    }
}
