package loteria.central.tcp;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.integration.ip.tcp.connection.TcpConnection;
import org.springframework.integration.ip.tcp.connection.TcpMessageMapper;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * A burst as a message that says of its connection only which it is: that is what the way
 * back needs. The library's own asks the system for the peer's names and addresses each
 * time, which nothing here reads.
 */
final class BurstMapper extends TcpMessageMapper {

	@Override
	public @Nullable Message<?> toMessage(TcpConnection connection, @Nullable Map<String, Object> headers) {
		Object burst = connection.getPayload();
		return (burst == null) ? null
				: new GenericMessage<>(burst, Map.of(IpHeaders.CONNECTION_ID, connection.getConnectionId()));
	}

}
