# Values as Perl's Data::Dumper prints them, and HTTP::Request.
use Data::Dumper;
use HTTP::Request;
$Data::Dumper::Sortkeys = 1;
for my $token (@ARGV) {
    my $request = HTTP::Request->new(GET => "http://service.example/profiles", ["Authorization" => "Bearer $token"]);
    print Dumper($request), $request->as_string, "\n";
}
