package io.gpushare.cli.option;

/**
 * Options that a command takes in as a {@code @Mixin}, and that have a heading of their own in its help.
 *
 * <p>Not an {@code @ArgGroup}: where one of its options is given again, picocli begins another object for the group,
 * and forgets the options before it.
 */
public interface OptionSection {
    /** The heading, without a colon. */
    String heading();
}
