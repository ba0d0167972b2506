// Lines of Log4j, and what the JDK's own HTTP client logs.
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

public class Profiles {
    public static void main(String[] arguments) throws Exception {
        Logger log = LogManager.getLogger(Profiles.class);
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int number = 1; number < arguments.length; number++) {
            String header = "Bearer " + arguments[number];
            HttpRequest request = HttpRequest.newBuilder(URI.create(arguments[0])).header("Authorization", header).build();
            client.send(request, HttpResponse.BodyHandlers.ofString());
            log.warn("refused {} with {}", request.uri().getPath(), request.headers().map());
            log.error("failed", new IllegalStateException("no caller for " + Map.of("Authorization", header)));
        }
    }
}
