<?php
// PHP writes each slash of JSON with a backslash.
foreach (array_slice($argv, 1) as $number => $token) {
    echo json_encode(["datetime" => date(DATE_ATOM), "uri" => "/profiles/$number", "authorization" => "Bearer $token"]), "\n";
}
