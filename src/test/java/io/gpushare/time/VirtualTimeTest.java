package io.gpushare.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class VirtualTimeTest {
    private final Time time = new VirtualTime();
    private final List<String> happened = Collections.synchronizedList(new ArrayList<>());

    private Task tick(String name, Duration period, int times) {
        return time.start(name, () -> {
            for (int i = 0; i < times; i++) {
                happened.add(name + " at " + time.nanos() / 1_000_000);
                time.pause(period);
            }
        });
    }

    @Test
    void whoIsDueFirstGoesFirstAndOfSeveralWhoHasWaitedLongest() throws Exception {
        try (Time.Presence _ = time.enter()) {
            Task slow = tick("slow", Duration.ofMillis(200), 2);
            Task fast = tick("fast", Duration.ofMillis(100), 4);
            assertThat(happened).isEmpty();
            slow.join();
            fast.join();
        }
        assertThat(happened)
                .containsExactly("slow at 0", "fast at 0", "fast at 100", "slow at 200", "fast at 200", "fast at 300");
        assertThat(time.nanos()).isEqualTo(400_000_000);
    }

    @Test
    void hoursPassAtOnceAndBothClocksGo() throws Exception {
        long wall = time.unixNanos();
        time.sleep(Duration.ofHours(10));
        assertThat(time.nanos()).isEqualTo(Duration.ofHours(10).toNanos());
        assertThat(time.unixNanos() - wall).isEqualTo(Duration.ofHours(10).toNanos());
    }

    @Test
    void standsStillWhileNobodyIsInside() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Task alone = time.start("alone", () -> {
            begun.countDown();
            time.pause(Duration.ofMillis(10));
            happened.add("over");
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        Thread.sleep(50);
        assertThat(time.nanos()).isZero();
        assertThat(alone.isAlive()).isTrue();

        alone.join();
        assertThat(happened).containsExactly("over");
        assertThat(time.nanos()).isEqualTo(10_000_000);
    }

    @Test
    void aMessageWakesWhoWaitsForItAndNoneIsAnAnswerToo() throws Exception {
        Inbox<String> inbox = time.inbox();
        try (Time.Presence _ = time.enter()) {
            time.start("sender", () -> {
                time.pause(Duration.ofMillis(30));
                inbox.put("first");
                inbox.put("second");
            });
            assertThat(inbox.poll(10_000_000)).isEmpty();
            assertThat(time.nanos()).isEqualTo(10_000_000);
            assertThat(inbox.poll(Time.NEVER)).contains("first");
            assertThat(time.nanos()).isEqualTo(30_000_000);
            assertThat(inbox.takeAll()).containsExactly("second");
        }
    }

    @Test
    void aMessageFromOutsideWakesSomebodyWhomNothingElseWould() throws Exception {
        Inbox<String> inbox = time.inbox();
        Thread outside = Thread.ofPlatform().start(() -> {
            pauseOfTheWorld();
            inbox.put("stop");
        });
        assertThat(inbox.poll(Time.NEVER)).contains("stop");
        outside.join();
        assertThat(time.nanos()).isZero();
    }

    @Test
    void goesOnWithoutThoseWhoEndOrThrow() throws Exception {
        try (Time.Presence _ = time.enter()) {
            Task throwing = time.start("throwing", () -> {
                Thread.currentThread().setUncaughtExceptionHandler((_, failure) -> happened.add(failure.getMessage()));
                time.pause(Duration.ofMillis(5));
                throw new IllegalStateException("broken");
            });
            Task ending = tick("ending", Duration.ofMillis(1), 1);
            throwing.join();
            assertThat(throwing.isAlive()).isFalse();
            assertThat(ending.isAlive()).isFalse();
            time.sleep(Duration.ofSeconds(1));
        }
        assertThat(happened).containsExactly("ending at 0", "broken");
    }

    @Test
    void anInterruptEndsTheWaitOfAnotherAndOfOneThatHasNotBegun() throws Exception {
        try (Time.Presence _ = time.enter()) {
            Task waiting = time.start("waiting", () -> endOfWaiting(Time.NEVER));
            time.sleep(Duration.ofMillis(5));
            waiting.interrupt();
            assertThat(waiting.join(Duration.ZERO)).isTrue();

            Task unbegun = time.start("unbegun", () -> endOfWaiting(Time.NEVER));
            unbegun.interrupt();
            unbegun.join();
        }
        assertThat(happened).containsExactly("interrupted at 5", "interrupted at 5");
    }

    private void endOfWaiting(long until) {
        try {
            time.sleepUntil(until);
        } catch (InterruptedException wanted) {
            happened.add("interrupted at " + time.nanos() / 1_000_000);
        }
    }

    @Test
    void anInterruptOfTheThreadItselfEndsItsWaitAndLeavesNobodyHanging() throws Exception {
        try (Time.Presence _ = time.enter()) {
            Thread self = Thread.currentThread();
            time.start("user", () -> {
                time.pause(Duration.ofMillis(7));
                self.interrupt();
                pauseOfTheWorld();
            });
            assertThatThrownBy(() -> time.sleepUntil(Time.NEVER)).isInstanceOf(InterruptedException.class);
            assertThat(time.nanos()).isEqualTo(7_000_000);
            time.sleep(Duration.ofMillis(1));
        }
    }

    @Test
    void whoWaitsForAnEndWaitsNoLongerThanItsPatience() throws Exception {
        try (Time.Presence _ = time.enter()) {
            Task never = time.start("never", () -> endOfWaiting(Time.NEVER));
            assertThat(never.join(Duration.ofSeconds(3))).isFalse();
            assertThat(time.nanos()).isEqualTo(3_000_000_000L);
            never.interrupt();
            assertThat(never.join(Duration.ofSeconds(3))).isTrue();
            assertThat(time.nanos()).isEqualTo(3_000_000_000L);
        }
    }

    @Test
    void whoLeavesLetsTheOthersEnd() throws Exception {
        Task left;
        try (Time.Presence _ = time.enter()) {
            left = time.start("left", () -> endOfWaiting(Time.NEVER));
        }
        left.interrupt();
        left.join();
        assertThat(happened).containsExactly("interrupted at 0");
    }

    @Test
    void oneRunsAtAnyMomentAndTheirOrderIsTheSameEachTime() throws Exception {
        List<List<String>> orders = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            orders.add(orderOfMany());
        }
        assertThat(orders).allMatch(orders.getFirst()::equals);
        assertThat(orders.getFirst()).hasSize(20 * 50);
    }

    private static List<String> orderOfMany() throws InterruptedException {
        Time ofRound = new VirtualTime();
        List<String> order = new ArrayList<>(); // not safe for threads: one runs at any moment
        AtomicInteger inside = new AtomicInteger();
        Inbox<Integer> inbox = ofRound.inbox();
        try (Time.Presence _ = ofRound.enter()) {
            for (int i = 0; i < 20; i++) {
                int number = i;
                Random random = new Random(number);
                ofRound.start("number " + number, () -> {
                    for (int step = 0; step < 50; step++) {
                        assertThat(inside.incrementAndGet()).isOne();
                        order.add(number + " at " + ofRound.nanos());
                        inside.decrementAndGet();
                        inbox.put(number);
                        ofRound.pause(Duration.ofNanos(random.nextInt(5)));
                    }
                });
            }
            for (int messages = 0; messages < 20 * 50; messages++) {
                assertThat(inbox.poll(Time.NEVER)).isNotEqualTo(Optional.empty());
            }
        }
        return order;
    }

    private static void pauseOfTheWorld() {
        Time.real().pause(Duration.ofMillis(30));
    }
}
