package io.meshwright.rehearsal.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/** The ports of loopback that a rehearsal listens on, below those that the kernel gives to outgoing connections. */
public final class Ports {
    public static final int ETCD = 17379;
    public static final int ETCD_PEERS = 17380;
    public static final int API_SERVER = 17443;
    public static final int CONTROLLERS = 17257;
    public static final int SCHEDULER = 17259;
    public static final int KWOK = 17247;
    public static final int REDIS = 17381;
    public static final int REPOSITORIES = 17081;
    public static final int REPOSITORIES_METRICS = 17084;
    public static final int APPLICATIONS_METRICS = 17082;
    public static final int CHARTS = 17090;
    public static final int PROMETHEUS = 17091;
    public static final int ROLLOUTS_METRICS = 17086;
    public static final int ROLLOUTS_HEALTH = 17087;
    /** The first istiod's; the next one's begin ten further. */
    public static final int ISTIOD = 17510;

    private Ports() {}

    /** Waits until what a killed rehearsal left has let go of the ports; another's program there is an error. */
    public static void awaitFree() throws IOException, InterruptedException {
        for (int port : List.of(
                ETCD,
                ETCD_PEERS,
                API_SERVER,
                CONTROLLERS,
                SCHEDULER,
                KWOK,
                REDIS,
                REPOSITORIES,
                CHARTS,
                PROMETHEUS,
                ISTIOD)) {
            Patience.of(30).await("port %d of 127.0.0.1 to be free".formatted(port), () -> free(port));
        }
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
