package io.gpushare.load.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Requests of several kinds, drawn by their weights. */
public final class RequestMix implements Requests {
    private final List<RequestKind> kinds;
    private final double totalWeight;
    private final long seed;

    /** Those of a kind that are all the same are made once. */
    private final List<Optional<Request>> constant = new ArrayList<>();

    /** @param kinds at least one */
    public RequestMix(List<RequestKind> kinds, long seed) {
        this.kinds = List.copyOf(kinds);
        this.totalWeight = kinds.stream().mapToDouble(RequestKind::weight).sum();
        this.seed = seed;
        for (RequestKind kind : kinds) {
            constant.add(
                    kind.isConstant()
                            ? Optional.of(kind.render(constant.size(), 0, new SplittableRandom(0)))
                            : Optional.empty());
        }
    }

    @Override
    public Request of(long number) {
        if (kinds.size() == 1 && constant.getFirst().isPresent()) {
            return constant.getFirst().get();
        }
        SplittableRandom random = Requests.randomOf(seed, number);
        int kind = kinds.size() == 1 ? 0 : drawn(random.nextDouble() * totalWeight);
        return constant.get(kind).orElseGet(() -> kinds.get(kind).render(kind, number, random));
    }

    private int drawn(double weight) {
        double left = weight;
        for (int i = 0; i < kinds.size() - 1; i++) {
            left -= kinds.get(i).weight();
            if (left < 0) {
                return i;
            }
        }
        return kinds.size() - 1;
    }

    @Override
    public List<String> kinds() {
        return kinds.stream().map(RequestKind::name).toList();
    }

    @Override
    public boolean streamsTokens() {
        return false;
    }
}
