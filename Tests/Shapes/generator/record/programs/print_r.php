<?php
foreach (array_slice($argv, 1) as $number => $token) {
    print_r(["HTTP_AUTHORIZATION" => "Bearer $token", "REQUEST_URI" => "/profiles/$number"]);
    echo serialize(["authorization" => "Bearer $token"]), "\n";
    echo http_build_query(["id_token" => $token, "next" => "https://service.example/?a=b"]), "\n";
}
