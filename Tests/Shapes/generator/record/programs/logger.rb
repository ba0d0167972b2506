# Lines of Ruby's logger.
require "logger"
log = Logger.new($stdout)
ARGV.each { |token| log.warn("refused") { %(Authorization: "Bearer #{token}" path=/profiles) } }
