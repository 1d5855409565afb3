/// Messages in Chinese, a line each: the key, and the message.
enum ChineseMessages {
    static let text = """
        act | 操作
        address | 地址
        addresses | 地址
        addresses_own | 本节点的地址
        ago_days | {n} 天前
        ago_hours | {n} 小时前
        ago_minutes | {n} 分钟前
        ago_now | 刚才
        alike | 与此相似：
        all_changes | 所有变更
        all_of_them | 全部
        any | 全部
        apart | 与他人同时填写
        as_then | 当时的样子
        begun | 登录时间
        browser | 浏览器
        cancel | 取消
        cells | 内容
        changed_since | 您填写期间这条记录已被修改。请核对下面两种内容，再保存一次。您填写的内容没有丢失。
        changes_paused | 已查看 {n} 个变更集。
        changeset | 变更集
        changeset_title | 变更集
        check | 检查全部
        check_title | 检查
        check_well | 一切正常。
        computed | （自动计算）
        conflict_cell | 同一处有不同的值
        conflict_changed_since | 页面显示之后，该记录已被更改，因此没有写入任何内容。下面是现在的内容，请重新决定。
        conflict_deleted-edited | 一方删除，一方编辑
        conflict_deleted_by | 删除
        conflict_deleted_sentence | 有人删除了这条记录，同时有人编辑了它。保留还是删除？
        conflict_duplicate | 可能重复的记录
        conflict_edited_by | 编辑
        conflict_invalid | 不符合规则
        conflict_kept | 已删除但仍被引用
        conflict_kept_sentence | 这条记录已被删除，但以下记录仍引用它。
        conflicts_by_key | 数量太多，按表和键排列，而不按时间。
        conflicts_none | 没有需要处理的冲突。
        days | 有效天数
        delete | 删除
        delete_ask | 确定删除这条记录吗？之后可以撤销。
        delete_cascade | {0} · {1}：{n} 条记录将一并删除。
        delete_changed_since | 页面显示之后，这条记录或引用它的内容已有变化，因此没有删除任何内容。下面是现在的内容，请重新决定。
        delete_empties | {0} · {1}：{n} 条记录的该字段将被清空。
        delete_forbids | {0} · {1}：{n} 条记录引用了它，因此不能删除；请先修改这些记录。
        delete_least | 一并删除的记录太多，它们还会带走的内容没有全部计入。
        delete_row | 删除记录
        delete_title | 删除：{0}
        deleted_since | 您填写期间，该记录已被删除。您填写的内容仍在这里；保存后将成为一条新记录。
        deleted_since_settling | 该记录已不存在，无需处理。没有写入任何内容。
        did_delete | {0}：删除 {n} 条
        did_insert | {0}：新建 {n} 条
        did_more | 另有 {n} 行
        did_update | {0}：修改 {n} 条
        done_created | 已新建。
        done_deleted | 已删除。
        done_merged | 已合并。
        done_nothing | 没有改动。
        done_peer | 节点已保存。
        done_released | 该成员后来填写的内容重新生效。
        done_removed | 节点已移除。
        done_retired | 该成员已退出。
        done_role | 角色已更改。
        done_saved | 已保存。
        done_settled | 已处理。
        done_settled_many | 已处理 {n} 项。
        done_withdrawn | 邀请已收回。
        duplicate_sentence | 这些记录在应当唯一的内容上相同。如果是同一事物，请合并。
        edit | 编辑
        edit_title | 编辑：{0}
        encoding | 编码（留空为自动）
        end | 结束
        error_day | 请将日期写成 2026-05-12 的形式。
        error_days | 请填写 1 到 {0} 之间的天数。
        error_disk | 磁盘已满或出错。请释放空间后重试。
        error_fields | 尚未写入。问题已在各栏旁注明，所填内容仍在。
        error_form | 表单不完整或过大，因此未执行。请返回重试。
        error_inside | 控制台内部出错。请查看节点的日志。
        error_large | 文件超过 64 MiB。请拆分，或使用命令 caravan import 或 caravan bundle import。
        error_link | 此链接已使用、已过期或有误。请执行 caravan console 取得新链接。
        error_locked | 另一程序正占用数据超过五秒。请稍后再试。
        error_no_right | 本节点的角色不允许此操作。请联系管理员。
        error_not_found | 没有这样的页面、表或记录。
        error_origin | 此表单不是从本控制台发出的，因此未执行。请从本控制台的页面重新提交。
        error_peer | 无法与对方交换。
        error_replica | 暂时无法使用数据。
        error_rule | 表的规则不允许这样保存。所填内容仍保留。
        error_title | 未能完成
        error_token | 此表单已过期或不属于此次登录，因此未执行。请返回，重新打开页面后再试。
        error_too_many | 错误链接过多。请等待一分钟。
        error_twice | 同一表单正在处理中。请稍候再看结果。
        error_upload | 此上传已不存在。请重新上传文件。
        error_usage | 请求的内容无法理解。请返回并更正。
        expires | 有效期至
        export_as | 将这些导出为
        field_check | 此值违反规则：{0}。
        field_infinite | 这个数太大，无法保存。
        field_large | 整数最多 18 位；19 位时不得超过 9223372036854775807。
        field_needed | 此项必填。
        field_no_record | {0}中没有此记录。
        field_number | 这不是数字。
        field_order | 不得早于：{0}。
        field_reference | 没有这样的记录，或仍被其他记录引用。
        field_unique | 已有另一条记录使用此值。
        field_word | 此词不在列表中。
        file | 文件
        filter_drop | 取消筛选
        find | 查找
        first | 第一页
        help_about | 本系统使用的词语。
        hint_day | 2026-05-12
        hint_pick | 填写“{0}”的键。
        history | 历史
        history_delete | 删除
        history_insert | 新建
        history_keep | 保留
        history_update | 修改
        import_about | 支持工作簿（.xlsx）和各种编码的文本表格。先显示会改变什么，确认后才写入；整个文件是一个可撤销的变更集。
        import_changed | 修改 {n} 条
        import_changed_since | 这次导入的结果已与所显示的不同，因此没有写入任何内容。下面是现在导入会有的结果，请再看一遍。
        import_cut | 会改变的行多于此处所显示的。
        import_do | 导入
        import_guess | （自动识别）
        import_headers | 列的对应关系
        import_is_changed | 修改
        import_is_new | 新建
        import_leave | （不导入）
        import_look | 查看会改变什么
        import_new | 新建 {n} 条
        import_nothing | 没有可写入的内容。
        import_problem | 无法读取此文件。
        import_refused | {n} 行未接受
        import_rows | 共 {n} 行
        import_same | {n} 条不变
        invalid_sentence | 这条记录不符合规则：
        invitation | 邀请
        invitation_expired | 已过期
        invitation_how | 请通过只有受邀者能看到的方式发送。对方执行 caravan join 加上这一行。此页只显示一次。
        invitation_made | 邀请码
        invitation_open | 有效
        invitation_picture | 邀请码的二维码
        invitation_used | 已使用
        invite | 邀请
        invite_admins | 只有管理员可以邀请。
        invited_before | 这张表单已经生成过邀请，邀请码不再显示。如果没有人拿到它，请在下面撤回该邀请，再生成一个。
        is_shown | 现在显示的值
        keep_row | 保留记录
        lag | 差距
        languages | 语言
        last_written | 最后写入
        left_open | 还剩 {n} 项需要您决定。
        line | 行
        look | 查看
        means_changeset | 一起写入并签名的一组改动；可以整体撤销。
        means_conflict | 不同的人在互不知情时写入的内容；在有人处理之前全部保留。
        means_invitation | 一行代码，使一个节点可以加入一次。
        means_member | 被联盟接纳的节点。
        means_node | 一个机构的副本及其密钥，与其他节点交换变更。
        means_peer | 本节点与之交换的节点。
        means_replica | 全部共享记录在一台计算机上的一份，保存在一个 SQLite 文件中。
        means_role | 管理员接纳成员并定义表；成员写入；只读者只查看。
        means_seal | 把写入的内容变成已签名的变更集，从而可以发送。
        means_stick | 没有网络时用文件同步：在成员页面上，或用 caravan bundle exchange。
        means_sync | 双方互相补足所缺的变更集。
        means_undo | 用一个新的变更集收回旧的；之后被他人改过的保持不变。
        means_void | 写入者无权写入的变更集；保留但不显示。
        means_waiting | 已收到但其依据尚未收到的变更集。
        meanwhile | 期间已有人改为：
        member | 成员
        members | 成员
        merge | 合并
        merge_about | 逐项选择要保留的值。引用另一条记录的内容会改为引用保留的那条。
        merge_all | 合并所有明显的重复
        merge_goes | 并入
        merge_into_first | 与第一条合并
        merge_itself | 记录不能与自身合并。请返回并选择两条记录。
        merge_stays | 保留
        merge_title | 合并两条记录
        met | 最近联系
        n_bytes_of | {0}，{1}
        n_changesets | {n} 个变更集
        n_conflicts | {n} 项待处理的冲突
        n_conflicts_least | 至少 {n} 项待处理的冲突
        n_pending | {n} 行修改尚未封存
        n_pending_least | 至少 {n} 行修改尚未封存
        n_records | {n} 条
        n_void | {n} 个变更集不生效
        n_waiting | {n} 个变更集在等待其他变更集
        name | 名称
        navigation | 主导航
        needed | 必填
        never | 从未
        new | 新建
        new_title | 新建：{0}
        news | 数据已更新。
        next | 下一页
        no_peers | 还没有对方节点。
        nothing_found | 没有找到。
        older | 更早
        pages | 翻页
        peer_add | 添加节点
        peer_ahead | 本机缺 {n} 个变更集
        peer_away | 未连接
        peer_clock | 时钟相差 {n} 秒
        peer_connected | 已连接
        peer_exchanging | 正在交换
        peer_lacks | 对方缺 {n} 个变更集
        peers | 对方节点
        place_alliance | 联盟与节点
        place_changes | 变更
        place_conflicts | 冲突
        place_help | 帮助
        place_import | 导入
        place_overview | 概览
        place_records | 记录
        preview_title | 导入：{0}
        previous | 上一页
        rate | 速率上限（每秒）
        record_gone | 现在没有这条记录。如果曾经有过，可以查看其历史。
        record_never | 从未有人写过这样的记录。
        referrers | 引用此记录的记录
        referrers_none | 没有记录引用它。
        refers_to_it | 引用它的记录
        release | 使后来的内容生效
        reload | 重新显示
        remove | 移除
        retire | 使其退出
        retire_means | 该成员此后写入的内容不再生效，也不再与其交换。此前的内容保留。
        retire_sure | 请先确认。
        retire_yes | 我确定
        retired_lead | 本节点的权限已终止：其他节点不再与它交换，它也不能写入。
        retired_what | 请向管理员申请新的角色。以前写入的内容仍保留在这里，可以查看和导出。
        role | 角色
        role_admin | 管理员
        role_member | 成员
        role_none | 尚非成员
        role_reader | 只读
        role_retired | 已退出
        role_set | 更改角色
        role_waits | 等待管理员
        same | 一致
        save | 保存
        search | 搜索
        search_on | 继续搜索
        search_paused | 已查看 {n} 行。
        seen | 最近活动
        sessions_about | 每个登录的浏览器都以本节点的名义操作。
        sessions_title | 已登录的浏览器
        settle | 处理
        settle_many | 一次处理多项
        settle_many_about | 按上面的筛选处理所有冲突，作为一个变更集。由此改变的值可以一键恢复；已处理的冲突不会重新打开。
        settle_many_stale | 页面显示的时间太久，因此没有写入任何内容。请查看现在的内容，再作决定。
        settle_none | 该记录已没有待处理的冲突。
        settle_title | 尚未处理
        settled_same | 没有任何值因此改变，所以没有可撤销的内容。
        sheet | 工作表（留空为第一个）
        show_all | 显示全部
        sign_in_back | 您已退出登录，内容没有提交。请在浏览器中后退：您填写的内容仍在那里。请复制下来，在另一个标签页登录后再提交。
        sign_in_done | 已登录
        sign_in_how | 请在运行此节点的计算机上执行以下命令，并打开它给出的链接：
        sign_in_on | 继续
        sign_in_once | 链接只能使用一次，十分钟内有效。无需密码。
        sign_in_title | 请登录
        sign_out | 退出
        since | 自
        site | 标识
        skip | 跳到正文
        state | 状态
        stick_about | 没有网络时：带走对方缺少的内容，并导入他人写入的文件。
        stick_anyone | 任何人：全部内容
        stick_anyone_reads | 任何人
        stick_control | {0}（成员与表）
        stick_encrypt | 仅对方可读
        stick_export | 下载文件
        stick_file | 其他节点的文件
        stick_for | 给谁
        stick_from | 来自
        stick_holds | 包含
        stick_is_request | 写入方的清单，无变更集。
        stick_lacks | 本节点缺少其中
        stick_look | 查看内容
        stick_missing | 需先取得
        stick_page | 文件：{0}
        stick_readers | 收件方
        stick_removed | 在此等待的文件已删除：{0}
        stick_request | 下载本节点的清单
        stick_request_about | 他人据此小文件可知本节点缺少什么。
        stick_sealed | 仅收件方可见的内容。
        stick_take | 导入
        stick_taken | 取得 {0}，应用 {1}，已有 {2}，等待 {3}。
        stick_title | 用移动存储设备同步
        stick_up_to | {0}，至第 {1} 号
        stick_waits | 文件在此继续等待：{0}
        sync_all | 与所有节点同步
        sync_alone | 本节点还没有可同步的对方。
        sync_begun | 同步已开始，进度见下方。
        sync_busy | 同步已在进行。
        sync_done | {0}：发送 {1}，收到 {2}。
        sync_ended | 上次同步结束于{0}。
        sync_failed | {0}：未成功：{1}。
        sync_last_met | {0} 最近一次联系是{1}。
        sync_never_met | 还从未与 {0} 联系。
        sync_now | 立即同步
        sync_running | 正在同步。
        sync_step | {0}：已发送 {1}/{2}，已接收 {3}。
        sync_title | 同步进度
        sync_with | 与 {1} 个节点中的 {0} 个一致。
        table | 表
        take_shown_all | 全部采用现在显示的值
        take_site_all | 全部采用该成员的值
        take_this | 采用此值
        this_node | （本节点）
        this_one | （当前）
        today | 今天的变更
        today_nothing | 今天还没有变更。
        typed | 您填写的内容
        undo | 撤销
        undo_failed | {n} 条无法恢复。
        undo_kept | {n} 条保持不变，因为之后有人改过。
        undo_nothing | 没有可撤销的内容。
        undo_plan | 撤销会怎样
        undo_restored | 将恢复或已恢复 {n} 条记录。
        undo_untried | 此变更集有 {n} 行，太多，无法在这里试算撤销会怎样。在本节点的机器上，下面的命令会列出；\
        按钮则直接撤销。
        undone_broughtBack | 将恢复
        undone_changed | 将改回
        undone_kept | 保持
        undone_removed | 将移除
        value_blob | {n} 字节的数据
        void | 不生效
        what | 操作
        who | 显示填写者
        who_not | 隐藏填写者
        windows | 时段
        withdraw | 收回
        word_changeset | 变更集
        word_conflict | 冲突
        word_invitation | 邀请
        word_member | 成员
        word_node | 节点
        word_peer | 对方节点
        word_replica | 副本
        word_role | 角色
        word_seal | 封存
        word_stick | U 盘交换
        word_sync | 同步
        word_undo | 撤销
        word_void | 不生效
        word_waiting | 等待
        write_other | 填写另一个值
        you_are | 本节点：{0}（{1}）。数据占用磁盘：{2}。
        """
}
