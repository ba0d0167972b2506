<?php
// Values as var_dump prints them; the length stands before the text.
foreach (array_slice($argv, 1) as $number => $token) {
    var_dump(["REQUEST_URI" => "/profiles/$number", "REQUEST_TIME" => time(), "HTTP_AUTHORIZATION" => "Bearer $token"]);
    var_export(["cookie" => "session=$token"]);
}
