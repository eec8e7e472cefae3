package loteria.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseTests {

	@Test
	void forcesItsWritesAndSpeaksUtf8() throws Exception {
		String url = Database.shared().create();
		try (Connection connection = DriverManager.getConnection(url)) {
			assertThat(shown(connection, "fsync")).isEqualTo("on");
			assertThat(shown(connection, "synchronous_commit")).isEqualTo("on");
			assertThat(shown(connection, "server_encoding")).isEqualTo("UTF8");
		}
	}

	private static String shown(Connection connection, String setting) throws Exception {
		try (Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("SHOW " + setting)) {
			result.next();
			return result.getString(1);
		}
	}

}
