"""Disks, file systems, volumes."""

# ruff: noqa: E501, RUF100 - one rule a line
from __future__ import annotations

from shellper.safety import places
from shellper.safety.calls import Word
from shellper.safety.names import names
from shellper.safety.places import CRITICAL, DEVICE, HARMLESS, PROTECTED
from shellper.safety.rules.conditions import (
    ALWAYS,
    CAUTION,
    DESTRUCTIVE,
    DRY_RUN,
    FORBIDDEN,
    PIPED,
    UNRESOLVED,
    Condition,
    Context,
    any_word,
    anything_is,
    matching,
    operand_is,
    operands,
    opt,
    rule,
    text_matches,
    verb,
)  # fmt: skip

_MKFS = "mkfs mke2fs mkntfs mkdosfs newfs newfs_msdos mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.xfs mkfs.btrfs mkfs.vfat mkfs.fat mkfs.ntfs mkfs.exfat mkfs.f2fs mkfs.minix mkfs.jfs mkfs.reiserfs mkfs.bfs mkfs.cramfs mkreiserfs mkfs.zfs"

_PARTCLONE = "partclone.restore partclone.dd partclone.ext2 partclone.ext3 partclone.ext4 partclone.btrfs partclone.xfs partclone.ntfs partclone.fat partclone.vfat partclone.exfat partclone.f2fs"

_DD_OUT = Condition(
    lambda c: any(DEVICE in c.kinds(Word(word.text[3:])) for word in c.call.args if word.text.startswith("of="))
)
_DD_ENDLESS = (
    matching(r"if=/dev/(u?random|zero)") & ~matching(r"count=.*") & matching(r"of=.*") & ~matching(r"of=/dev/null")
)

_HIDDEN_BY_MOUNT = names(
    "/usr /etc /bin /sbin /lib /lib32 /lib64 /var /home /root /Users /usr/bin /usr/sbin /usr/lib /usr/lib64"
)


def _hides(context: Context) -> bool:
    """mount DEVICE DIRECTORY over what is in use; /mnt, /boot, /proc and the like are made to be mounted on."""
    target = context.call.operands[-1]
    path = places.resolve(target.text, context.call.cwd, context.home) or ""
    return bool(context.kinds(target) & {places.ROOT, places.USERS_HOME}) or path in _HIDDEN_BY_MOUNT


_INTO_FILE = Condition(
    lambda c: any((r.writes or r.appends) and not c.kinds(r.target) & {HARMLESS, DEVICE} for r in c.call.redirects)
)
_ENDLESS = Condition(
    lambda c: any(word.plain in ("/dev/zero", "/dev/urandom", "/dev/random") for word in c.call.operands)
)

# fmt: off
RULES = [
    rule("yes", _INTO_FILE, DESTRUCTIVE, "writes without end and fills the disk"),
    rule("cat pv", _ENDLESS & _INTO_FILE, DESTRUCTIVE, "writes without end and fills the disk"),
    rule("dd dcfldd dc3dd ddrescue", _DD_OUT, FORBIDDEN, "writes to a disk device"),
    rule("ddrescue", operand_is(DEVICE) & opt("-f", "--force"), FORBIDDEN, "writes to a disk device"),
    rule("dd", matching(r"of=.*") & anything_is(CRITICAL), FORBIDDEN, "overwrites a file that the system needs"),
    rule("dd", matching(r"if=/dev/(u?random|zero)") & matching(r"conv=.*notrunc.*"), DESTRUCTIVE, "overwrites parts of a file"),
    rule("dd", _DD_ENDLESS, DESTRUCTIVE, "writes without end and fills the disk"),
    rule(_MKFS, anything_is(DEVICE), FORBIDDEN, "formats a device"),
    rule(_MKFS, UNRESOLVED, FORBIDDEN, "formats what is known only when it runs"),
    rule(_MKFS, operands(1) & ~opt("-V", "--version", "--help"), DESTRUCTIVE, "formats a file system"),
    rule("mkswap", operand_is(DEVICE), FORBIDDEN, "formats a device"),
    rule("mkswap swapon swapoff", operands(1) | opt("-a"), CAUTION, "changes the swap space"),
    rule("wipefs", opt("-a", "--all", "-o", "-f"), FORBIDDEN, "erases the signatures of a device"),
    rule("fdisk gdisk cfdisk sfdisk cgdisk", opt("-l", "--list", "-d", "--dump", "-x"), CAUTION, "looks at partition tables"),
    rule("fdisk gdisk cfdisk sfdisk cgdisk", ~opt("-l", "--list", "-d", "--dump", "-x", "-v", "-V") & PIPED, FORBIDDEN, "changes the partition table"),
    rule("fdisk gdisk cfdisk sfdisk cgdisk", opt("--delete", "--wipe"), FORBIDDEN, "changes the partition table"),
    rule("fdisk gdisk cfdisk cgdisk sfdisk", ~opt("-l", "--list", "-d", "--dump", "-x", "-v", "-V") & operands(1), DESTRUCTIVE, "edits the partition table"),
    rule("sgdisk", opt("-Z", "-z", "--zap-all", "--zap", "-o", "--clear", "-d", "--delete"), FORBIDDEN, "erases the partition table"),
    rule("sgdisk", ~opt("-p", "--print", "-i"), DESTRUCTIVE, "changes the partition table"),
    rule("parted", any_word("mklabel", "mktable", "rm", "mkpart", "resizepart"), FORBIDDEN, "changes the partition table"),
    rule("parted", operand_is(DEVICE) & ~any_word("print", "unit"), DESTRUCTIVE, "edits the partition table"),
    rule("blkdiscard", operands(1), FORBIDDEN, "discards everything on a device"),
    rule("badblocks", opt("-w"), FORBIDDEN, "overwrites a device"),
    rule("hdparm", matching(r"--(security-(erase|set).*|trim-sector.*|write-sector.*|make-bad.*|dco-restore)"), FORBIDDEN, "erases a disk"),
    rule("nvme", verb("format|sanitize|write-zeroes|delete-ns"), FORBIDDEN, "erases a disk"),
    rule("sg_format sg_sanitize fdformat", ALWAYS, FORBIDDEN, "formats a device"),
    rule("cryptsetup", verb("luksFormat|luksErase|erase|reencrypt|luksRemoveKey|luksKillSlot"), FORBIDDEN, "makes encrypted data unreadable"),
    rule("cryptsetup", operands(1), CAUTION, "changes encrypted volumes"),
    rule("pvremove vgremove lvremove vgreduce", operands(1), FORBIDDEN, "removes a volume"),
    rule("pvcreate vgcreate lvreduce lvresize resize2fs", operand_is(DEVICE) | operands(1), DESTRUCTIVE, "changes a volume"),
    rule("lvcreate lvextend vgextend", operands(1), CAUTION, "changes a volume"),
    rule("mdadm", opt("--zero-superblock", "--stop", "-S", "--remove", "--fail", "--create", "-C"), FORBIDDEN, "takes an array apart"),
    rule("zpool", verb("destroy|labelclear"), FORBIDDEN, "destroys a storage pool"),
    rule("zfs", verb("destroy|rollback"), DESTRUCTIVE, "destroys file systems or snapshots"),
    rule("btrfs", verb("subvolume|su|sub", "delete|del") & operand_is(*PROTECTED), FORBIDDEN, "removes an important directory"),
    rule("fio", anything_is(DEVICE) & ~opt("--readonly") & ~matching(r"--rw=(rand)?read"), FORBIDDEN, "overwrites a disk device"),
    rule("xfs_io", text_matches(r"\b(truncate|pwrite|fpunch|fzero|fcollapse)\b"), DESTRUCTIVE, "overwrites or cuts a file"),
    rule("hdiutil", verb("create|convert") & opt("-ov"), DESTRUCTIVE, "overwrites a disk image"),
    rule("btrfs", verb("subvolume|su|sub", "delete|del"), DESTRUCTIVE, "removes a subvolume", takes_trees=True),
    rule("btrfs", verb("device", "delete|remove"), DESTRUCTIVE, "removes a device"),
    rule("diskutil", any_word("eraseDisk", "eraseVolume", "zeroDisk", "randomDisk", "secureErase", "partitionDisk", "reformat", "deleteContainer", "deleteVolume"), FORBIDDEN, "erases a disk"),
    rule("diskutil", ~verb("list|info|apfs|activity"), CAUTION, "changes disks"),
    rule("tmutil", any_word("delete", "deletelocalsnapshots", "disable"), DESTRUCTIVE, "removes backups"),
    rule("fsck e2fsck fsck.ext4 xfs_repair ntfsfix btrfsck", ~opt("-n", "-N"), DESTRUCTIVE, "repairs a file system by changing it"),
    rule("debugfs tune2fs", opt("-w", "-O", "-R", "-L", "-o"), DESTRUCTIVE, "changes a file system directly"),
    rule("mount umount losetup kpartx", operands(1) | opt("-a"), CAUTION, "changes what is mounted"),
    rule("mount", operands(2) & Condition(_hides) & ~matching(r".*\bremount\b.*"), FORBIDDEN, "hides the root, a home or a system directory"),
    rule("mount", operand_is("system", "root") & anything_is(HARMLESS), DESTRUCTIVE, "hides a system directory"),
    rule("eject", ALWAYS, CAUTION, "changes what is mounted"),
    rule(_PARTCLONE, opt("-r", "--restore", "-b", "--dev-to-dev") & anything_is(DEVICE), FORBIDDEN, "overwrites a disk device"),
    rule("ntfsclone", opt("-O", "--overwrite") & anything_is(DEVICE), FORBIDDEN, "overwrites a disk device"),
    rule("fsarchiver", verb("restfs"), FORBIDDEN, "overwrites a disk device"),
    rule("ocs-sr", any_word("restoredisk", "restoreparts"), FORBIDDEN, "overwrites a disk device"),
    rule("woeusb", opt("-d", "--device"), FORBIDDEN, "overwrites a disk device"),
    rule("ventoy Ventoy2Disk.sh", opt("-i", "-I"), FORBIDDEN, "overwrites a disk device"),
    rule("fastboot", opt("-w") | verb("erase|format|flashall|flash"), DESTRUCTIVE, "erases the device"),
    rule("lvconvert", opt("--merge"), DESTRUCTIVE, "takes a volume back to a snapshot"),
    rule("rbd rados", verb("rm|remove|purge|rmpool"), DESTRUCTIVE, "removes stored data"),
    rule("ceph", verb("osd", "pool", "delete|rm") | verb("fs", "rm"), DESTRUCTIVE, "removes stored data"),
    rule("gluster", verb("volume", "delete|reset"), DESTRUCTIVE, "removes stored data"),
    rule("stratis", any_word("destroy"), DESTRUCTIVE, "destroys a storage pool"),
    rule("snapper", verb("delete|rm|undochange|rollback"), DESTRUCTIVE, "removes or takes back to snapshots"),
    rule("timeshift", opt("--delete", "--delete-all", "--restore"), DESTRUCTIVE, "removes or takes back to snapshots"),
    rule("kopia", any_word("delete", "expire"), DESTRUCTIVE, "removes backups"),
    rule("rdiff-backup", opt("--remove-older-than") | verb("remove"), DESTRUCTIVE, "removes backups"),
    rule("tarsnap", opt("-d", "--nuke"), DESTRUCTIVE, "removes backups"),
    rule("restic borg duplicity", any_word("forget", "prune", "delete", "remove-all-but-n-full", "remove-older-than") & ~(DRY_RUN | opt("-n")), DESTRUCTIVE, "removes backups"),
    rule("efibootmgr", opt("-B", "-b", "--delete-bootnum", "-O"), DESTRUCTIVE, "changes what the machine boots"),
    rule("flashrom", opt("-w", "-E", "--write", "--erase"), FORBIDDEN, "overwrites the firmware"),
    rule("grub-install update-grub grub-mkconfig bootctl", ALWAYS, CAUTION, "changes what the machine boots"),
    rule("format", matching(r"(?i)[a-z]:.*"), FORBIDDEN, "formats a device"),
    rule("qemu-img", verb("commit|rebase|resize"), DESTRUCTIVE, "changes a disk image"),
]
# fmt: on
