package kg.sakchy.web.http;

import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;

/** A listening socket that closes at once what its gate does not let in. Threads: its loop. */
final class BoundedServerChannel extends NioServerSocketChannel {
  private final ConnectionGate gate;

  BoundedServerChannel(ConnectionGate gate) {
    this.gate = gate;
  }

  @Override
  protected int doReadMessages(List<Object> accepted) throws Exception {
    int before = accepted.size();
    int count = super.doReadMessages(accepted);
    for (int i = accepted.size() - 1; i >= before; i--) {
      if (accepted.get(i) instanceof SocketChannel connection && !gate.letIn(connection)) {
        connection.unsafe().closeForcibly();
        accepted.remove(i);
      }
    }
    return count;
  }
}
