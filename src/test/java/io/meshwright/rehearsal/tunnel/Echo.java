package io.meshwright.rehearsal.tunnel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The applications: at each address a server that says where it is and what it got, over HTTP/1.1, TLS or as bytes; a
 * request may ask it to be slow, to fail or to hang up by {@value #DO}.
 */
final class Echo implements AutoCloseable {
    /** {@code wait SECONDS}, {@code status CODE}, {@code close} or {@code stream SECONDS}. */
    static final String DO = "x-tunnel-do";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HANDSHAKE = 0x16;
    private static final int MOST = 2000;

    private final SSLContext tls;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "echo");
        thread.setDaemon(true);
        return thread;
    });
    private final List<ServerSocket> servers = new ArrayList<>();
    private final Set<String> addresses = new TreeSet<>();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    Echo(SSLContext tls) {
        this.tls = tls;
    }

    /** Listens there too, if it does not yet. */
    synchronized void listen(String address, int port) throws IOException {
        if (!address.startsWith("127.")) {
            throw new IOException("%s is not of this machine".formatted(address));
        }
        if (!addresses.add("%s:%d".formatted(address, port))) {
            return;
        }
        if (servers.size() >= MOST) {
            throw new IOException("more than %d addresses".formatted(MOST));
        }
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new java.net.InetSocketAddress(InetAddress.getByName(address), port), 128);
        servers.add(server);
        threads.execute(() -> accept(server));
    }

    int size() {
        return servers.size();
    }

    /** How often a request of that id has arrived. */
    int count(String id) {
        AtomicInteger count = counts.get(id);
        return count == null ? 0 : count.get();
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(120_000);
            String at = "%s:%d".formatted(socket.getLocalAddress().getHostAddress(), socket.getLocalPort());
            PushbackInputStream in = new PushbackInputStream(socket.getInputStream(), 1);
            int first = in.read();
            if (first < 0) {
                return;
            }
            in.unread(first);
            if (first == HANDSHAKE) {
                InputStream consumed = new ByteArrayInputStream(new byte[] {(byte) in.read()});
                SSLSocket encrypted = (SSLSocket) tls.getSocketFactory().createSocket(socket, consumed, true);
                encrypted.setUseClientMode(false);
                talk(at, new BufferedInputStream(encrypted.getInputStream()), encrypted.getOutputStream(), true);
            } else {
                talk(at, new BufferedInputStream(in), socket.getOutputStream(), false);
            }
        } catch (IOException e) {
            // The other side has hung up, which is its right.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void talk(String at, InputStream in, OutputStream out, boolean encrypted)
            throws IOException, InterruptedException {
        while (true) {
            String line = line(in);
            if (line == null) {
                return;
            }
            String[] words = line.split(" ");
            if (words.length != 3 || !words[2].startsWith("HTTP/")) {
                out.write((said(at, encrypted).put("bytes", line) + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
                return;
            }
            if (!answer(words[0], said(at, encrypted).put("method", words[0]).put("path", words[1]), in, out)) {
                return;
            }
        }
    }

    private static ObjectNode said(String at, boolean encrypted) {
        return JSON.createObjectNode().put("at", at).put("tls", encrypted);
    }

    /** Whether the connection stays open. */
    private boolean answer(String method, ObjectNode said, InputStream in, OutputStream out)
            throws IOException, InterruptedException {
        ObjectNode headers = headers(said.putObject("headers"), in);
        in.readNBytes(headers.path("content-length").asInt(0));
        counts.computeIfAbsent(headers.path(AccessLog.ID).asText(""), any -> new AtomicInteger())
                .incrementAndGet();
        String[] wish = headers.path(DO).asText("").split(" ");
        switch (wish[0]) {
            case "close" -> {
                return false;
            }
            case "stream" -> stream(Integer.parseInt(wish[1]), out);
            case "wait" -> {
                Thread.sleep(Long.parseLong(wish[1]) * 1000);
                write("200 OK", method, said, out);
            }
            case "status" -> write(wish[1].concat(" Asked"), method, said, out);
            default -> write("200 OK", method, said, out);
        }
        return true;
    }

    private static ObjectNode headers(ObjectNode headers, InputStream in) throws IOException {
        for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        return headers;
    }

    private static void write(String status, String method, ObjectNode said, OutputStream out) throws IOException {
        byte[] body = said.toString().getBytes(StandardCharsets.UTF_8);
        out.write("HTTP/1.1 %s\r\ncontent-length: %d\r\ncontent-type: application/json\r\n\r\n"
                .formatted(status, body.length)
                .getBytes(StandardCharsets.UTF_8));
        if (!method.equals("HEAD")) {
            out.write(body);
        }
        out.flush();
    }

    private static void stream(int seconds, OutputStream out) throws IOException, InterruptedException {
        out.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-type: text/event-stream\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8));
        for (int second = 0; second < seconds; second++) {
            out.write("3\r\n:.\n\r\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            Thread.sleep(1000);
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() < 65_536) {
            int next = in.read();
            if (next < 0) {
                return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
            }
            if (next == '\n') {
                return line.toString(StandardCharsets.UTF_8).stripTrailing();
            }
            line.write(next);
        }
        throw new SocketException("a line of more than 64 KiB");
    }

    @Override
    public synchronized void close() {
        for (ServerSocket server : servers) {
            try {
                server.close();
            } catch (IOException e) {
                // It is closed, however that went.
            }
        }
        threads.shutdownNow();
    }
}
