<?php
ini_set("error_log", "/dev/stdout");
foreach (array_slice($argv, 1) as $token) {
    error_log("refused Bearer $token in /srv/index.php");
}
