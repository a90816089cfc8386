package io.gpushare.mode;

/** All who hold a connection to the driver: the GPU cannot be divided while anybody does. */
public interface GpuReaders {
    GpuReaders NONE = Change::make;

    interface Change {
        void make() throws InterruptedException;
    }

    /** Lets go of the GPU, makes the change, and takes it up again, also when the change fails. */
    void letGoDuring(Change change) throws InterruptedException;
}
