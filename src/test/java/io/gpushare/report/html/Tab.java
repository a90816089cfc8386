package io.gpushare.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** A page that is open in a browser, and what went wrong in it. */
final class Tab {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DevTools tools;
    private final String session;
    private final URI address;

    private Tab(DevTools tools, String session, URI address) {
        this.tools = tools;
        this.session = session;
        this.address = address;
    }

    static Tab open(DevTools tools, URI address) {
        String target = tools.call(
                        "", "Target.createTarget", DevTools.parameters().put("url", "about:blank"))
                .path("targetId")
                .asText();
        String session = tools.call(
                        "",
                        "Target.attachToTarget",
                        DevTools.parameters().put("targetId", target).put("flatten", true))
                .path("sessionId")
                .asText();
        Tab tab = new Tab(tools, session, address);
        Stream.of("Page", "Runtime", "Log", "Network")
                .forEach(domain -> tab.call(domain + ".enable", DevTools.parameters()));
        tab.size(1280, 900);
        return tab.load();
    }

    /** Opens the page, again if it is open. */
    Tab load() {
        int loaded = tools.events(session, "Page.loadEventFired").size();
        call("Page.navigate", DevTools.parameters().put("url", address.toString()));
        await(() -> tools.events(session, "Page.loadEventFired").size() > loaded, "the page to load");
        return this;
    }

    JsonNode call(String method, ObjectNode parameters) {
        return tools.call(session, method, parameters);
    }

    void size(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                DevTools.parameters()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", false));
    }

    void prefer(String feature, String value) {
        ObjectNode parameters = DevTools.parameters();
        parameters.putArray("features").addObject().put("name", feature).put("value", value);
        call("Emulation.setEmulatedMedia", parameters);
    }

    /** The value of a JavaScript expression. */
    JsonNode evaluate(String expression) {
        JsonNode said = call(
                "Runtime.evaluate",
                DevTools.parameters()
                        .put("expression", expression)
                        .put("returnByValue", true)
                        .put("awaitPromise", true));
        if (said.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + said.path("exceptionDetails"));
        }
        return said.path("result").path("value");
    }

    String text(String expression) {
        return evaluate(expression).asText();
    }

    void awaitTrue(String expression) {
        await(() -> evaluate(expression).asBoolean(), expression);
    }

    /** The middle of an element, scrolled into view, and its size. */
    record Place(double x, double y, double width, double height) {}

    Place place(String selector) {
        JsonNode box = evaluate("""
                (async () => {
                  const element = document.querySelector('%s');
                  element.scrollIntoView({ block: 'center', behavior: 'instant' });
                  // The page hears of having been scrolled before its next frame.
                  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
                  const box = element.getBoundingClientRect();
                  return [box.x + box.width / 2, box.y + box.height / 2, box.width, box.height];
                })()""".formatted(selector));
        return new Place(
                box.get(0).asDouble(),
                box.get(1).asDouble(),
                box.get(2).asDouble(),
                box.get(3).asDouble());
    }

    void hover(double x, double y) {
        mouse("mouseMoved", x, y, 0);
    }

    void click(String selector) {
        Place place = place(selector);
        hover(place.x(), place.y());
        mouse("mousePressed", place.x(), place.y(), 1);
        mouse("mouseReleased", place.x(), place.y(), 1);
    }

    void doubleClick(double x, double y) {
        for (int clicks = 1; clicks <= 2; clicks++) {
            mouse("mousePressed", x, y, clicks);
            mouse("mouseReleased", x, y, clicks);
        }
    }

    void drag(double fromX, double y, double toX) {
        hover(fromX, y);
        mouse("mousePressed", fromX, y, 1);
        hover((fromX + toX) / 2, y);
        hover(toX, y);
        mouse("mouseReleased", toX, y, 1);
    }

    private void mouse(String type, double x, double y, int clicks) {
        call(
                "Input.dispatchMouseEvent",
                DevTools.parameters()
                        .put("type", type)
                        .put("x", x)
                        .put("y", y)
                        .put("button", type.equals("mouseMoved") ? "none" : "left")
                        .put("clickCount", clicks));
    }

    void press(String key) {
        for (String type : List.of("keyDown", "keyUp")) {
            ObjectNode event = DevTools.parameters().put("type", type).put("key", key);
            // Without its text, Enter reaches the page but presses no button.
            call(
                    "Input.dispatchKeyEvent",
                    key.equals("Enter") ? event.put("text", "\r").put("windowsVirtualKeyCode", 13) : event);
        }
    }

    byte[] pdf() {
        return Base64.getDecoder()
                .decode(call("Page.printToPDF", DevTools.parameters().put("printBackground", false))
                        .path("data")
                        .asText());
    }

    /** Exceptions, errors and warnings of the console, broken rules of the page's policy, and dialogs. */
    List<String> complaints() {
        return Stream.of(
                        tools.events(session, "Runtime.exceptionThrown"),
                        tools.events(session, "Runtime.consoleAPICalled"),
                        tools.events(session, "Log.entryAdded"),
                        tools.events(session, "Page.javascriptDialogOpening"))
                .flatMap(List::stream)
                .map(JsonNode::toString)
                .toList();
    }

    /** All that was asked for, beside the page itself. */
    List<String> requests() {
        return tools.events(session, "Network.requestWillBeSent").stream()
                .map(event -> event.path("request").path("url").asText())
                .filter(url -> !url.equals(address.toString()))
                .toList();
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition, String what) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.holds()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("waited in vain for " + what);
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError(interrupted);
            }
        }
    }
}
