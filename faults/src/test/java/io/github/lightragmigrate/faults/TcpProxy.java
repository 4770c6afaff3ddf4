package io.github.lightragmigrate.faults;

import io.github.lightragmigrate.faults.FaultPlan.Direction;
import io.github.lightragmigrate.faults.FaultPlan.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands on 127.0.0.1 between the tool and a server, and harms connections as a {@link FaultPlan}
 * says.
 */
final class TcpProxy implements AutoCloseable {

  private static final int PIECE = 16 * 1024;

  private final InetSocketAddress server;
  private final FaultPlan plan;
  private final ServerSocket listener;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();

  TcpProxy(InetSocketAddress server, FaultPlan plan) throws IOException {
    this.server = server;
    this.plan = plan;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::acceptAll);
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    links.forEach(Link::reset);
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        connect(listener.accept());
      } catch (IOException e) {
        // closed, or the server is away and the client was turned away
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket upstream = new Socket();
    Link link = new Link(client, upstream);
    try {
      upstream.connect(server);
    } catch (IOException e) {
      link.reset();
      throw e;
    }
    links.add(link);
    start(() -> link.pump(client, upstream, Direction.TO_SERVER));
    start(() -> link.pump(upstream, client, Direction.TO_CLIENT));
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** One connection of the tool's and its other half. */
  private final class Link {
    private final Socket client;
    private final Socket upstream;
    private volatile boolean halfOpen;

    Link(Socket client, Socket upstream) {
      this.client = client;
      this.upstream = upstream;
    }

    void pump(Socket from, Socket to, Direction direction) {
      byte[] piece = new byte[PIECE];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
          await();
          FaultPlan.Step step = plan.next(direction, length);
          out.write(piece, 0, step.bytes());
          if (step.fault() == Fault.RESET) {
            reset();
            return;
          } else if (step.fault() == Fault.HALF_OPEN) {
            halfOpen = true;
            reset(upstream);
            return;
          } else if (step.fault() == Fault.BLACK_HOLE) {
            await();
            out.write(piece, step.bytes(), length - step.bytes());
          }
        }
        to.shutdownOutput();
      } catch (IOException e) {
        if (!halfOpen) {
          reset();
        }
      }
    }

    /** The delay is the fault, or what gives it time to come. */
    private void await() {
      LockSupport.parkNanos(plan.delay().toNanos());
    }

    void reset() {
      reset(client);
      reset(upstream);
    }

    /** The peer gets an RST, no orderly end. */
    private static void reset(Socket socket) {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException e) {
        // it is closed already
      }
    }
  }
}
