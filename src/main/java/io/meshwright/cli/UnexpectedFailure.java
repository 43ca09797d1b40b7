package io.meshwright.cli;

import io.meshwright.file.MachineFailure;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in one line what the machine refused, or what no code expected; where it happened is for who asks. */
final class UnexpectedFailure implements IExecutionExceptionHandler {
    private static final String NO_NODE =
            "Cannot run program \"node\""; // how the JDK words it, under the kernel's start
    private final BooleanSupplier debug;

    UnexpectedFailure(BooleanSupplier debug) {
        this.debug = debug;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult arguments) {
        if (isEnding()) {
            return ExitCode.CRASH
                    .number(); // Ctrl-C takes cdk8s' process away from under the work; who pressed it knows
        }
        Console console = Console.of(line);
        if (debug.getAsBoolean()) {
            failure.printStackTrace(line.getErr());
        }
        if (causedBy(failure, NO_NODE)) {
            console.problem("node: not found on the path; install Node 20 or newer (nodejs.org) and run this again");
            return ExitCode.USAGE.number();
        }
        Optional<String> machine = MachineFailure.of(failure);
        if (machine.isPresent()) {
            console.problem(machine.get());
            return ExitCode.CRASH.number();
        }
        console.problem("%s: %s; this should not happen, run it again with --debug to see where it does"
                .formatted(failure.getClass().getSimpleName(), firstLine(failure)));
        return ExitCode.CRASH.number();
    }

    /** True if somebody has told the JVM to end. */
    private static boolean isEnding() {
        Thread hook = new Thread();
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    // Failures of the kernel repeat their message with a JavaScript stack below the first line.
    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no message");
    }

    private static boolean causedBy(Throwable failure, String words) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains(words)) {
                return true;
            }
        }
        return false;
    }
}
