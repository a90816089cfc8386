package io.gpushare.gpu;

/** Some changes of a GPU are refused while anybody holds a connection to its driver, ourselves included. */
public interface DriverPause {
    /** Where nobody holds one. */
    DriverPause NONE = Action::run;

    interface Action {
        void run() throws InterruptedException;
    }

    /**
     * Lets go of the driver, runs the action, and takes the driver up again, also when the action throws.
     *
     * @throws io.gpushare.failure.GpushareException when the driver does not let go, and the action was not run; or
     *     when it cannot be taken up again
     */
    void during(Action action) throws InterruptedException;
}
