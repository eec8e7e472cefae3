package loteria.central;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import loteria.central.settings.CentralSettings;
import loteria.central.settings.CentralSettings.StoreType;
import loteria.central.store.StoreFailure;
import loteria.central.store.postgres.DrawArchive;
import loteria.central.store.postgres.Import;
import loteria.process.FileProblem;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The settings of a command that works on the store of a central, read as the central
 * reads its own.
 */
record CommandSettings(CentralSettings central, ConfigurableEnvironment environment) {

	/** Standard output belongs to what the command says. */
	private static final List<String> QUIET = List.of("--logging.level.loteria=WARN", "--logging.level.root=ERROR");

	static CommandSettings read(List<String> settings) {
		List<String> arguments = new ArrayList<>(QUIET);
		arguments.addAll(settings);
		SpringApplication application = CentralApplication.configured(Nothing.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.addInitializers((context) -> Preflight.requireKnown(context.getEnvironment()));
		try (ConfigurableApplicationContext context = application.run(arguments.toArray(String[]::new))) {
			ConfigurableEnvironment environment = context.getEnvironment();
			return new CommandSettings(Binder.get(environment).bind("central", CentralSettings.class).get(),
					environment);
		}
	}

	boolean isOfDatabase() {
		return this.central.store().type() == StoreType.POSTGRES;
	}

	/** Does something to the draw in the database. */
	<T> T inDatabase(Task<T, DrawArchive> task) throws StoreFailure, IOException {
		SharedDatabase database = SharedDatabase.of(this.environment);
		try (var source = database.source()) {
			return task.run(new DrawArchive(database.options(this.central), source));
		}
	}

	/** Takes something over into the database. */
	<T> T intoDatabase(Task<T, Import> task) throws StoreFailure, IOException {
		SharedDatabase database = SharedDatabase.of(this.environment);
		try (var source = database.source()) {
			return task.run(new Import(database.options(this.central), source));
		}
	}

	/** Runs a command, and says in one line why it failed if it did. */
	static int run(String name, Command command) {
		try {
			return command.run();
		}
		catch (StoreFailure ex) {
			System.err.println(name + ": " + ex.getMessage());
			return Exit.of(ex);
		}
		catch (IOException ex) {
			System.err.println(name + ": " + FileProblem.withFile(ex));
			return Exit.FAILURE;
		}
		catch (RuntimeException ex) {
			StartFailure failure = StartFailure.of(ex);
			if (failure.unexpected() != null) {
				throw ex;
			}
			System.err.println(name + ": " + failure.message().replaceFirst("^reason: ", ""));
			return failure.exitCode();
		}
	}

	@FunctionalInterface
	interface Command {

		int run() throws StoreFailure, IOException;

	}

	@FunctionalInterface
	interface Task<T, D> {

		T run(D draw) throws StoreFailure, IOException;

	}

	/**
	 * Nothing of a central but its settings.
	 */
	static final class Nothing {

	}

}
