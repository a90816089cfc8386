package io.gpushare.load.words;

import io.gpushare.load.LoadPlan;
import io.gpushare.load.LoadShape;
import io.gpushare.load.account.Goal;
import io.gpushare.load.arrival.ArrivalText;
import io.gpushare.load.arrival.Arrivals;
import io.gpushare.load.bound.BoundText;
import io.gpushare.load.http.Client;
import io.gpushare.load.request.LlmApi;
import io.gpushare.load.request.LlmRequests;
import io.gpushare.load.request.RequestFile;
import io.gpushare.load.request.RequestKind;
import io.gpushare.load.request.RequestMix;
import io.gpushare.load.request.Requests;
import io.gpushare.load.request.Template;
import io.gpushare.load.request.TokenCount;
import io.gpushare.load.request.TokenLengths;
import io.gpushare.load.scenario.Scenario;
import io.gpushare.load.scenario.ScenarioPlan;
import io.gpushare.text.Durations;
import io.gpushare.text.Numbers;
import io.gpushare.text.Sizes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads what the words of a load say. Problems begin with the word. */
final class LoadReader {
    private static final int MOST = 100_000;
    private static final long USUAL_BODY_BYTES = 64L << 20;
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration USUAL_WARM_UP = Duration.ofSeconds(2);
    private static final int USUAL_UNDER_WAY = 10_000;
    private static final String USUAL_ARRIVALS = "poisson";

    private final LoadWords words;

    LoadReader(LoadWords words) {
        this.words = words;
    }

    TenantLoad read(Duration duration, long seed) {
        Optional<LlmApi> api = read("llm", LoadReader::api);
        if (api.isEmpty()) {
            refuseWithout("llm", "model", "prompt_tokens", "output_tokens", "lengths", "ignore_eos");
        }
        Optional<ScenarioPlan> scenario = scenario();
        LoadShape shape = shape(scenario);
        Optional<Template> path = read("path", LoadReader::path);
        LoadPlan plan = new LoadPlan(
                shape,
                read("warm_up", LoadReader::durationOrNone).orElse(USUAL_WARM_UP),
                duration,
                read("timeout", Durations::parse).orElse(USUAL_TIMEOUT),
                seed,
                read("goodput", BoundText::parseGoal).orElse(Goal.NONE),
                List.of(),
                false);
        Requests requests = api.isPresent() ? prompts(api.get(), seed) : requests(path, seed);
        Client.Settings client = new Client.Settings(
                read("http", LoadReader::http2).orElse(false),
                read("connections", text -> (int) Numbers.within(text, 1, MOST))
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty()),
                read("max_body", Sizes::parse).orElse(USUAL_BODY_BYTES),
                api.isPresent());
        String usualPath = api.map(LlmApi::path).orElse("/");
        return new TenantLoad(
                plan, scenario, requests, client, words.word("path").orElse(usualPath), said(shape));
    }

    private <T> Optional<T> read(String name, Function<String, T> parse) {
        return words.word(name).map(text -> {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(name + ": " + wrong.getMessage(), wrong);
            }
        });
    }

    private void refuseWithout(String needed, String... names) {
        for (String name : names) {
            if (words.word(name).isPresent()) {
                throw new IllegalArgumentException(name + ": this is for a load that has " + needed + ", too");
            }
        }
    }

    private Optional<ScenarioPlan> scenario() {
        Optional<Scenario> wanted = read("scenario", Scenario::named);
        if (wanted.isEmpty()) {
            refuseWithout("scenario", LoadWords.SCENARIO.toArray(String[]::new));
            return Optional.empty();
        }
        Scenario scenario = wanted.get();
        requireShapeOf(scenario);
        Optional<Duration> bound = read("latency_bound", Durations::parse);
        if (scenario.takesRate() != bound.isPresent()) {
            throw new IllegalArgumentException(
                    "latency_bound: the scenario server has one, as 15ms, and the others have none");
        }
        int samples = read("samples_per_request", text -> (int) Numbers.within(text, 1, MOST))
                .orElse(scenario.usualSamples());
        boolean official = read("official", LoadReader::truth).orElse(false);
        return Optional.of(new ScenarioPlan(scenario, official, samples, bound));
    }

    private void requireShapeOf(Scenario scenario) {
        for (String name : List.of("rate", "arrivals", "clients", "think")) {
            boolean takes = switch (name) {
                case "rate" -> scenario.takesRate();
                case "clients" -> scenario.takesClients();
                default -> false;
            };
            if (!takes && words.word(name).isPresent()) {
                throw new IllegalArgumentException(
                        name + ": the scenario " + scenario + " says itself when queries come; leave it out");
            }
        }
        if (scenario.takesRate() && words.word("rate").isEmpty()) {
            throw new IllegalArgumentException("rate: the scenario server needs one, in queries a second");
        }
    }

    private LoadShape shape(Optional<ScenarioPlan> scenario) {
        if (!words.open()) {
            int usual = scenario.map(plan -> plan.scenario().usualClients()).orElse(1);
            int clients = read("clients", Numbers::whole).orElse(usual);
            Optional<Duration> think = read("think", Durations::parse);
            return new LoadShape.Closed(clients, think);
        }
        if (words.word("clients").isPresent() || words.word("think").isPresent()) {
            throw new IllegalArgumentException(
                    "rate: it sends by the clock, and clients and think wait for answers; leave out one or the other");
        }
        OptionalDouble rate =
                read("rate", LoadReader::rate).map(OptionalDouble::of).orElse(OptionalDouble.empty());
        String arrivals = words.word("arrivals").orElse(USUAL_ARRIVALS);
        Arrivals wanted = read("arrivals", text -> ArrivalText.parse(located(text), rate))
                .orElseGet(() -> ArrivalText.parse(USUAL_ARRIVALS, rate));
        switch (wanted) {
            case Arrivals.Steady _, Arrivals.Trace _ -> {}
            case Arrivals.Ramp _, Arrivals.Steps _ ->
                throw new IllegalArgumentException("arrivals: '" + arrivals
                        + "' changes the rate in the middle, and a tenant is measured at one; use poisson, constant,"
                        + " gamma:SHAPE or trace:FILE");
        }
        int most = read("max_in_flight", text -> (int) Numbers.within(text, 1, 1_000_000))
                .orElse(USUAL_UNDER_WAY);
        return new LoadShape.Open(wanted, most);
    }

    /** The file of a trace lies beside the file that names it. */
    private String located(String arrivals) {
        String begin = "trace:";
        return arrivals.startsWith(begin) ? begin + file(arrivals.substring(begin.length())) : arrivals;
    }

    private Path file(String text) {
        return words.folder().resolve(text);
    }

    static double rate(String text) {
        return Numbers.decimal(
                text.endsWith("/s") ? text.substring(0, text.length() - 2).strip() : text);
    }

    private static Duration durationOrNone(String text) {
        return text.equals("0") || text.equals("0s") ? Duration.ZERO : Durations.parse(text);
    }

    private static Template path(String text) {
        if (!text.startsWith("/") || text.chars().anyMatch(letter -> letter <= ' ')) {
            throw new IllegalArgumentException("'" + text + "' is no path; it begins with / and has no blanks");
        }
        return Template.parse(text);
    }

    private static boolean http2(String text) {
        return switch (text) {
            case "1.1" -> false;
            case "2" -> true;
            default -> throw new IllegalArgumentException("'" + text + "' is neither 1.1 nor 2");
        };
    }

    private static LlmApi api(String text) {
        return Arrays.stream(LlmApi.values())
                .filter(api -> api.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is neither completions nor chat"));
    }

    private LlmRequests prompts(LlmApi api, long seed) {
        if (Stream.of("body", "body_file", "requests", "method").anyMatch(words.words()::containsKey)) {
            throw new IllegalArgumentException(
                    "llm: it says what is sent, and body, body_file, requests and method would, too");
        }
        boolean ignoresEnd = read("ignore_eos", LoadReader::truth).orElse(false);
        return new LlmRequests(api, words.word("model"), lengths(), ignoresEnd, words.headers(), seed);
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    private TokenLengths lengths() {
        Optional<TokenLengths> listed = read("lengths", text -> TokenLengths.read(file(text)));
        if (listed.isPresent()
                && (words.word("prompt_tokens").isPresent()
                        || words.word("output_tokens").isPresent())) {
            throw new IllegalArgumentException(
                    "lengths: it says how long prompts and answers are; leave out the others");
        }
        return listed.orElseGet(() -> new TokenLengths.Drawn(
                read("prompt_tokens", TokenCount::parse).orElse(new TokenCount.Fixed(128)),
                read("output_tokens", TokenCount::parse).orElse(new TokenCount.Fixed(64))));
    }

    private Requests requests(Optional<Template> path, long seed) {
        if (Stream.of("body", "body_file", "requests")
                        .filter(words.words()::containsKey)
                        .count()
                > 1) {
            throw new IllegalArgumentException("body: of body, body_file and requests there can be one");
        }
        Optional<String> mix = words.word("requests");
        if (mix.isPresent()) {
            return new RequestMix(RequestFile.read(file(mix.get()), words.headers()), seed);
        }
        Optional<Template> body =
                read("body", Template::parse).or(() -> read("body_file", text -> RequestFile.bodyOf(file(text))));
        String method = words.word("method").orElse(body.isPresent() ? "POST" : "GET");
        return new RequestMix(
                List.of(new RequestKind("request", 1, method.toUpperCase(Locale.ROOT), path, words.headers(), body)),
                seed);
    }

    private String said(LoadShape shape) {
        return switch (shape) {
            case LoadShape.Open _ ->
                words.word("arrivals").orElse(USUAL_ARRIVALS)
                        + words.word("rate")
                                .map(rate -> " " + (rate.endsWith("/s") ? rate : rate + "/s"))
                                .orElse("");
            case LoadShape.Closed(int clients, Optional<Duration> think) ->
                clients
                        + (clients == 1 ? " client" : " clients")
                        + think.map(time -> ", thinking " + Durations.text(time))
                                .orElse("");
        };
    }
}
