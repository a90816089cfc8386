package io.gpushare.nvml;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/**
 * A list that the driver wrote, of a length not known before. It may grow between two questions, so a list that does
 * not fit is asked for again with room to spare.
 *
 * @param code what the last question returned; there are entries only on success
 */
record Entries(int code, int count, Memory memory) implements AutoCloseable {
    private static final int FIRST_ROOM = 128;
    private static final int ATTEMPTS = 6;

    /** @see Entries */
    @FunctionalInterface
    interface Question {
        /** {@code count} holds the room on entry and the number of entries on return. */
        int ask(Pointer count, Pointer entries);
    }

    static Entries read(int entryBytes, Question question) {
        Memory count = Scratch.ofThread();
        int room = FIRST_ROOM;
        for (int attempt = 1; ; attempt++) {
            Memory memory = new Memory((long) room * entryBytes);
            count.setInt(0, room);
            int code = question.ask(count, memory);
            if (code == NvmlReturn.SUCCESS) {
                return new Entries(code, count.getInt(0), memory);
            }
            if (code != NvmlReturn.INSUFFICIENT_SIZE || attempt == ATTEMPTS) {
                return new Entries(code, 0, memory);
            }
            memory.close();
            room = Math.max(2 * room, 2 * count.getInt(0));
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
