package io.meshwright.rehearsal.tunnel;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A client of HTTP/1.1 that sends what it is told to the byte: paths that no library would let through, any Host and
 * server name, and the PROXY header that stands for a packet filter.
 */
final class RawClient {
    private static final int PATIENCE = 60_000;
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 40_000;

    private final SSLContext tls;
    private final SSLContext certified;
    /** Clients of the test are told apart by the port that they say to come from. */
    private final AtomicInteger clients = new AtomicInteger();

    /** The second context is for clients that have a certificate to show. */
    RawClient(SSLContext tls, SSLContext certified) {
        this.tls = tls;
        this.certified = certified;
    }

    Answer send(Call call) {
        long begun = System.nanoTime();
        int port = FIRST_PORT + clients.getAndIncrement() % PORTS;
        String from = call.door().meant().map(Door.Meant::source).orElse("").concat(":" + port);
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(call.door().address(), call.door().port()), 5000);
            socket.setSoTimeout(PATIENCE);
            socket.setTcpNoDelay(true);
            if (call.door().meant().isPresent()) {
                socket.getOutputStream().write(proxyHeader(call.door().meant().get(), port));
            }
            Socket spoken = call.serverName().isPresent()
                    ? encrypted(
                            socket,
                            call.certified() ? certified : tls,
                            call.serverName().get())
                    : socket;
            OutputStream out = spoken.getOutputStream();
            out.write(call.bytes() ? "hello\n".getBytes(StandardCharsets.UTF_8) : written(call));
            out.flush();
            return answer(call, new BufferedInputStream(spoken.getInputStream()), from, begun);
        } catch (IOException e) {
            return new Answer(0, Map.of(), "", e.toString(), from, since(begun));
        }
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static byte[] proxyHeader(Door.Meant meant, int port) {
        return "PROXY TCP4 %s %s %d %d\r\n"
                .formatted(meant.source(), meant.destination(), port, meant.port())
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static SSLSocket encrypted(Socket socket, SSLContext context, String serverName) throws IOException {
        SSLSocket encrypted = (SSLSocket) context.getSocketFactory().createSocket(socket, serverName, 0, false);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        if (serverName.matches(".*[a-z].*")) {
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
        }
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }

    private static byte[] written(Call call) {
        StringBuilder text = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(call.method(), call.target()));
        text.append("host: ").append(call.host()).append("\r\n");
        text.append(AccessLog.ID).append(": ").append(call.id()).append("\r\n");
        call.headers().forEach((name, value) -> text.append("%s: %s\r\n".formatted(name, value)));
        if (List.of("POST", "PUT", "PATCH").contains(call.method())) {
            text.append("content-length: 0\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Answer answer(Call call, InputStream in, String from, long begun) throws IOException {
        String line = line(in);
        if (call.bytes()) {
            return new Answer(0, Map.of(), line, line.isEmpty() ? "closed" : "", from, since(begun));
        }
        if (line.isEmpty()) {
            return new Answer(0, Map.of(), "", "closed without an answer", from, since(begun));
        }
        int status = Integer.parseInt(line.split(" ")[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.merge(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip(),
                    (one, other) -> one.concat(",").concat(other));
        }
        String body = call.method().equals("HEAD") || status == 101 || status == 204 ? "" : body(in, headers);
        return new Answer(status, headers, body, "", from, since(begun));
    }

    private static String body(InputStream in, Map<String, String> headers) throws IOException {
        if (Optional.ofNullable(headers.get("transfer-encoding")).orElse("").equals("chunked")) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int size = size(in); size > 0; size = size(in)) {
                all.write(in.readNBytes(size));
                line(in);
            }
            return all.toString(StandardCharsets.UTF_8);
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static int size(InputStream in) throws IOException {
        String line = line(in);
        return line.isEmpty() ? 0 : Integer.parseInt(line.split(";")[0].strip(), 16);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
