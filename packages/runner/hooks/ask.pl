# Asks the daemon, for hook.sh: perl starts in a quarter of the time that curl takes, and needs no other program beside it.
#
#   perl ask.pl <folder of the daemon> <top of the work tree> <names of variables> hook <hook> [<argument>...]
#
# Only variables that are named are handed on; what a push is about is read from the standard input.
# Exit 0: the daemon says that all is clean, and proves that it is ours and speaks of this question; what it says is
# printed. Anything else: nothing is known and nothing was printed. Modules would take longer to load than all this.
use strict;

my ($folder, $top, $names, @words) = @ARGV;
my ($opened, $daemon);
$SIG{ALRM} = sub { exit 1 };
$SIG{PIPE} = 'IGNORE';
# Seconds; the daemon gives up sooner (packages/daemon/src/protocol.ts).
alarm 2;

# Names the index by its last 20 bytes, as packages/daemon/src/index-end.ts does.
my $index = '';
my $file = $ENV{GIT_INDEX_FILE};
if (defined $file && $file ne '') {
  open($opened, '<:raw', $file) && seek($opened, -20, 2) && read($opened, $index, 20) == 20 or exit 1;
  $index = unpack 'H*', $index;
}
my $nonce;
open($opened, '<:raw', '/dev/urandom') && sysread($opened, $nonce, 12) == 12 or exit 1;
$nonce = unpack 'H*', $nonce;

# Folder, pass and socket are ours and nobody else's; links are none of them (inode(7): types and modes).
sub is_private {
  my ($mode, @stat) = @_;
  return @stat >= 5 && $stat[2] == $mode && $stat[4] == $>;
}
chdir $folder or exit 1;
is_private(040700, lstat '.') && is_private(040700, lstat '..') && is_private(0100600, lstat 'pass') or exit 1;
open($opened, '<:raw', 'pass') && is_private(0100600, stat $opened) or exit 1;
chomp(my ($head, $socket, $ask, $answer) = <$opened>);
$head eq 'bulwark 1' && $socket =~ /\As[0-9]+\z/ && $ask && $answer && is_private(0140600, lstat $socket) or exit 1;

# The question, as packages/daemon/src/protocol.ts says.
my $question = join "\0", $ask, $nonce, $folder, $index, $top, map { "w$_" } @words;
$question .= "\0e$_=$ENV{$_}" for grep { exists $ENV{$_} } split ' ', $names;
$question .= "\0t" if -t STDOUT;
$question .= "\0i" . ($words[1] eq 'pre-push' ? join '', <STDIN> : '');
my $request = join "\r\n", 'POST /check HTTP/1.1', 'Host: bulwark', 'Content-Type: application/octet-stream',
  'Content-Length: ' . length $question, 'Connection: close', '', $question;

# From inside its folder, as the whole path may be longer than a socket's can be. unix(7): the family, then the path.
my $address = $^O eq 'linux' ? pack('S a*', 1, "$socket\0") : do { require Socket; Socket::pack_sockaddr_un($socket) };
socket($daemon, 1, 1, 0) && connect($daemon, $address) && write_all($daemon, $request) or exit 1;
my $reply = '';
while (my $read = sysread $daemon, $reply, 65536, length $reply) { }

my ($status, $headers, $body) = $reply =~ m{\AHTTP/1\.1 (\d+)[^\r\n]*\r\n(.*?)\r\n\r\n(.*)\z}s or exit 1;
my ($length) = "\r\n$headers\r\n" =~ /\r\ncontent-length: *(\d+) *\r\n/i or exit 1;
my $proof = join(' ', $answer, $nonce, $index ne '' ? $index : ()) . "\n";
$status == 200 && $length == length $body && index($body, $proof) == 0 or exit 1;
# A reader that went away, or reads slowly, changes no verdict.
alarm 0;
write_all(*STDOUT, substr $body, length $proof);
exit 0;

sub write_all {
  my ($to, $bytes) = @_;
  while (length $bytes) {
    my $written = syswrite $to, $bytes;
    return 0 unless $written;
    substr($bytes, 0, $written) = '';
  }
  return 1;
}
