package io.gpushare.reading;

import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** What a device answered: a value, or an absence with its reason. Never a 0 or a -1 that stands for "unknown". */
public sealed interface Reading<T> {

    record Value<T>(T value) implements Reading<T> {}

    record Absent<T>(Absence absence) implements Reading<T> {}

    static <T> Reading<T> of(T value) {
        return new Value<>(value);
    }

    static <T> Reading<T> absent(Absence absence) {
        return new Absent<>(absence);
    }

    static <T> Reading<T> absent(Absence.Kind kind) {
        return new Absent<>(Absence.of(kind));
    }

    /** @param why nobody asked, or what it would be computed from that is missing */
    static <T> Reading<T> notMeasured(String why) {
        return absent(new Absence(Absence.Kind.NOT_MEASURED, why));
    }

    /** @param why nothing could be told yet, or any more */
    static <T> Reading<T> noData(String why) {
        return absent(new Absence(Absence.Kind.NO_DATA, why));
    }

    /** @param words of whoever failed to answer */
    static <T> Reading<T> failed(String words) {
        return absent(new Absence(Absence.Kind.FAILED, words));
    }

    default <R> Reading<R> map(Function<? super T, ? extends R> function) {
        return switch (this) {
            case Value<T>(T value) -> new Value<>(function.apply(value));
            case Absent<T>(Absence absence) -> new Absent<>(absence);
        };
    }

    /** What a second question that needs this value says; absent where the value is. */
    default <R> Reading<R> flatMap(Function<? super T, Reading<R>> next) {
        return switch (this) {
            case Value<T>(T value) -> next.apply(value);
            case Absent<T>(Absence absence) -> new Absent<>(absence);
        };
    }

    /** Of two values one; absent where one of them is. */
    default Reading<T> join(Reading<T> other, BinaryOperator<T> both) {
        return flatMap(value -> other.map(next -> both.apply(value, next)));
    }

    default Optional<T> asOptional() {
        return switch (this) {
            case Value<T>(T value) -> Optional.of(value);
            case Absent<T> absent -> Optional.empty();
        };
    }

    default Optional<Absence> whyAbsent() {
        return switch (this) {
            case Value<T> value -> Optional.empty();
            case Absent<T>(Absence absence) -> Optional.of(absence);
        };
    }
}
