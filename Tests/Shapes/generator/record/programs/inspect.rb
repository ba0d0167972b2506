# Values as Ruby prints them: Rack's environment on one line, and over several.
require "pp"
require "time"
ARGV.each_with_index do |token, number|
  env = { "REQUEST_METHOD" => "GET", "PATH_INFO" => "/profiles/#{number}", "HTTP_AUTHORIZATION" => "Bearer #{token}", :at => Time.now.utc }
  p env
  pp env
end
