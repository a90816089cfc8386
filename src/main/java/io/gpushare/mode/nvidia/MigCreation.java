package io.gpushare.mode.nvidia;

import io.gpushare.mode.nvidia.InstanceTables.NumberedInstance;
import io.gpushare.mode.nvidia.Refusal.Reason;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.mode.setup.Piece;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Creates instances: at their places first, else wherever the driver puts them, in one order after another. Nothing of
 * an attempt that failed stays.
 */
record MigCreation(NvidiaSmi smi, MigInstances instances, RefusedChange refused) {
    /** Seven equal instances have one order, but seven different ones 5 040, and each costs seconds. */
    private static final int MOST_ORDERS = 48;

    /** Reasons that another order may not meet. */
    private static final Set<Reason> WORTH_ANOTHER_ORDER = Set.of(Reason.NO_ROOM, Reason.OTHER);

    private record Failure(Refusal refusal, boolean anotherOrderMayDo) {}

    void create(List<GpuInstance> wanted, String purpose) throws InterruptedException {
        Set<Integer> before =
                instances.read().stream().map(NumberedInstance::id).collect(Collectors.toSet());
        Optional<Failure> failure = Optional.empty();
        for (List<Piece> order : orders(wanted)) {
            Optional<Failure> failed = attempt(order, before, purpose);
            if (failed.isEmpty()) {
                return;
            }
            // Of several refusals the first is of what was wanted.
            failure = failure.or(() -> failed);
            if (!failed.get().anotherOrderMayDo()) {
                break;
            }
        }
        if (failure.isPresent()) {
            throw refused.of(purpose, failure.get().refusal());
        }
    }

    private static List<List<Piece>> orders(List<GpuInstance> wanted) {
        List<Piece> placed =
                wanted.stream().map(Piece::of).sorted(Piece.LARGEST_FIRST).toList();
        List<List<Piece>> orders = new ArrayList<>(List.of(placed));
        orders.addAll(Orders.of(placed.stream().map(Piece::anywhere).toList(), Piece.LARGEST_FIRST, MOST_ORDERS));
        return orders;
    }

    private Optional<Failure> attempt(List<Piece> pieces, Set<Integer> before, String purpose)
            throws InterruptedException {
        Optional<Failure> failure = createAndCut(pieces, before);
        List<NumberedInstance> created = createdSince(before);
        if (failure.isEmpty() && !sorted(pieces).equals(sorted(piecesOf(created)))) {
            failure = Optional.of(new Failure(new Refusal(Reason.OTHER, "nothing, but created something else"), true));
        }
        if (failure.isPresent()) {
            instances.destroy(created, purpose);
        }
        return failure;
    }

    private Optional<Failure> createAndCut(List<Piece> pieces, Set<Integer> before) throws InterruptedException {
        boolean whole = pieces.stream().allMatch(Piece::whole);
        Optional<Refusal> refusal = createPieces(pieces, whole);
        if (refusal.isEmpty()) {
            return whole ? Optional.empty() : cutAll(pieces, createdSince(before));
        }
        boolean cutRefused = whole
                && createdSince(before).stream()
                        .anyMatch(each -> each.computeInstances().isEmpty());
        boolean anotherOrderMayDo =
                !cutRefused && WORTH_ANOTHER_ORDER.contains(refusal.get().reason());
        return Optional.of(new Failure(refusal.get(), anotherOrderMayDo));
    }

    private Optional<Refusal> createPieces(List<Piece> pieces, boolean whole) throws InterruptedException {
        String names = pieces.stream().map(Piece::words).collect(Collectors.joining(","));
        return smi.change(whole ? smi.command("mig", "-cgi", names, "-C") : smi.command("mig", "-cgi", names));
    }

    private Optional<Failure> cutAll(List<Piece> pieces, List<NumberedInstance> created) throws InterruptedException {
        List<NumberedInstance> uncut = new ArrayList<>(created);
        for (Piece piece : pieces) {
            Optional<NumberedInstance> its = uncut.stream()
                    .filter(numbered -> isPlaceOf(piece, numbered))
                    .findFirst();
            if (its.isEmpty()) {
                // That something else was created is seen in what is read afterwards.
                return Optional.empty();
            }
            uncut.remove(its.get());
            Optional<Refusal> refusal = cut(its.get().id(), piece);
            if (refusal.isPresent()) {
                return Optional.of(new Failure(refusal.get(), false));
            }
        }
        return Optional.empty();
    }

    private static boolean isPlaceOf(Piece piece, NumberedInstance numbered) {
        GpuInstance instance = numbered.instance();
        return instance.profile().equals(piece.profile())
                && (piece.start().isEmpty()
                        || piece.start().getAsInt() == instance.placement().start());
    }

    private Optional<Refusal> cut(int gpuInstance, Piece piece) throws InterruptedException {
        String id = Integer.toString(gpuInstance);
        List<List<Integer>> orders = new ArrayList<>(List.of(piece.cuts()));
        orders.addAll(Orders.of(piece.cuts(), Comparator.reverseOrder(), MOST_ORDERS));
        Optional<Refusal> refusal = Optional.empty();
        for (List<Integer> order : orders.stream().distinct().toList()) {
            if (order.isEmpty()) {
                return Optional.empty();
            }
            refusal = smi.change(smi.command("mig", "-gi", id, "-cci", piece.computeProfiles(order)));
            if (refusal.isEmpty() || refusal.get().reason() != Reason.NO_ROOM) {
                return refusal;
            }
            smi.change(smi.command("mig", "-gi", id, "-dci"));
        }
        return refusal;
    }

    private List<NumberedInstance> createdSince(Set<Integer> before) throws InterruptedException {
        return instances.read().stream()
                .filter(numbered -> !before.contains(numbered.id()))
                .toList();
    }

    private static List<Piece> piecesOf(List<NumberedInstance> created) {
        return created.stream().map(numbered -> Piece.of(numbered.instance())).toList();
    }

    /** Without places: these are for whoever ordered the change to judge. */
    private static List<Piece> sorted(List<Piece> pieces) {
        return pieces.stream()
                .map(Piece::looselyCut)
                .sorted(Comparator.comparing(Piece::profile)
                        .thenComparing(piece -> piece.cuts().toString()))
                .toList();
    }
}
